"""The database's own refusal to give an agent more than they may hold.

A chat counts with whoever has it, unless its visitor is quiet or a supervisor gave it beyond the capacity,
and with whoever is offered it. Looked at when one begins to count with somebody: lowering a capacity takes
nothing away.
"""

from typing import Final

_COUNTED: Final = "{row}.owner_id IS NOT NULL AND {row}.idle_at IS NULL AND NOT {row}.forced"
_TAKEN: Final = f"""({_COUNTED.format(row="NEW")}
    AND NOT ({_COUNTED.format(row="OLD")} AND OLD.owner_id = NEW.owner_id))"""
_OFFERED: Final = """(NEW.offered_to_id IS NOT NULL
    AND NOT (OLD.offered_to_id IS NOT NULL AND OLD.offered_to_id = NEW.offered_to_id))"""
_TOO_MANY: Final = """(SELECT count(*) FROM desk_conversation held WHERE held.offered_to_id = {agent}
    OR (held.owner_id = {agent} AND held.state = 'active' AND held.idle_at IS NULL))
    > (SELECT capacity FROM desk_agent WHERE id = {agent})"""
_BROKEN: Final = " OR ".join(
    f"({when} AND {_TOO_MANY.format(agent=agent)})"
    for when, agent in ((_TAKEN, "NEW.owner_id"), (_OFFERED, "NEW.offered_to_id"))
)
_COLUMNS: Final = "owner_id, offered_to_id, idle_at, forced"

GUARDS: Final[dict[str, list[str]]] = {
    "sqlite": [
        f"""CREATE TRIGGER nobody_holds_too_many AFTER UPDATE OF {_COLUMNS} ON desk_conversation
WHEN {_BROKEN} BEGIN SELECT RAISE(ABORT, 'over capacity'); END"""
    ],
    "postgresql": [
        f"""CREATE FUNCTION desk_within_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {_BROKEN} THEN
        RAISE EXCEPTION 'over capacity' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$""",
        f"""CREATE TRIGGER nobody_holds_too_many AFTER UPDATE OF {_COLUMNS} ON desk_conversation
FOR EACH ROW EXECUTE FUNCTION desk_within_capacity()""",
    ],
}
UNGUARD: Final[dict[str, list[str]]] = {
    "sqlite": ["DROP TRIGGER nobody_holds_too_many"],
    "postgresql": [
        "DROP TRIGGER nobody_holds_too_many ON desk_conversation",
        "DROP FUNCTION desk_within_capacity()",
    ],
}

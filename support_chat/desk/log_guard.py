"""The database's own refusal to change the log: entries are inserted, and that is all."""

from typing import Final

_SQLITE = """CREATE TRIGGER entry_is_never_{done} BEFORE {verb} ON desk_entry
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""
_POSTGRESQL = """CREATE TRIGGER entry_is_never_{done} BEFORE {verb} ON desk_entry
FOR EACH ROW EXECUTE FUNCTION desk_refuse_change()"""
_FUNCTION = """CREATE FUNCTION desk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"""
_VERBS: Final = {"UPDATE": "changed", "DELETE": "deleted"}

GUARDS: Final[dict[str, list[str]]] = {
    "sqlite": [_SQLITE.format(verb=verb, done=done) for verb, done in _VERBS.items()],
    "postgresql": [_FUNCTION, *(_POSTGRESQL.format(verb=verb, done=done) for verb, done in _VERBS.items())],
}
UNGUARD: Final[dict[str, list[str]]] = {
    "sqlite": [f"DROP TRIGGER entry_is_never_{done}" for done in _VERBS.values()],
    "postgresql": [
        *(f"DROP TRIGGER entry_is_never_{done} ON desk_entry" for done in _VERBS.values()),
        "DROP FUNCTION desk_refuse_change()",
    ],
}

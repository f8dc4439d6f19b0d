"""The index in PostgreSQL: where which word stands, and no text a second time."""

from typing import Final

from support_chat.desk.search.index_tables import CHANGED, ENTRIES, KINDS, KNOWN, PENDING, VISITORS

FUNCTIONS: Final = {
    "desk_search_folded": "text",
    "desk_search_words": "text",
    "desk_search_keep_entries": "",
    "desk_search_visitor": "bigint",
    "desk_search_keep_visitor": "",
    "desk_search_keep_address": "",
}  # by name, what each takes

# These signs are no part of a word, as FTS5 has it too: PostgreSQL's parser would make "order-4711" a word
# and a negative number, and keep a file's name whole. What is all ASCII has no accents to take away.
_FOLDED: Final = r"""
CREATE FUNCTION desk_search_folded(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
SELECT translate(
    CASE WHEN octet_length(said) = char_length(said) THEN said
    ELSE normalize(regexp_replace(normalize(said, NFD), '[\u0300-\u036f]+', '', 'g'), NFC) END,
    '-./:@_<&+%#=~''', repeat(' ', 14))
$$"""
# Whatever stands in a body, keeping it never fails for the sake of finding it.
_WORDS: Final = """
CREATE FUNCTION desk_search_words(body text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    kept json;
    files text;
BEGIN
    IF body = '' THEN
        RETURN ''::tsvector;
    END IF;
    kept := body::json;
    IF json_typeof(kept -> 'files') = 'array' THEN
        SELECT string_agg(file ->> 'name', ' ') INTO files FROM json_array_elements(kept -> 'files') file;
    END IF;
    RETURN to_tsvector('pg_catalog.simple',
        desk_search_folded(concat_ws(' ', kept ->> 'text', kept ->> 'comment', files)));
EXCEPTION WHEN OTHERS THEN
    RETURN ''::tsvector;
END $$"""
# Who writes a body may wait for this; this waits for nobody.
_BRING_IN: Final = f"""WITH due AS MATERIALIZED (
    SELECT entry_id FROM {PENDING} ORDER BY entry_id LIMIT %s FOR UPDATE SKIP LOCKED),
bodies AS MATERIALIZED (
    SELECT body.entry_id, body.text FROM due JOIN desk_entrybody body ON body.entry_id = due.entry_id
    FOR SHARE OF body SKIP LOCKED),
done AS (DELETE FROM {PENDING} WHERE entry_id IN (SELECT entry_id FROM bodies) RETURNING entry_id),
kept AS (INSERT INTO {ENTRIES} (site_id, entry_id, words)
    SELECT chat.site_id, entry.id, said.words FROM bodies body
    JOIN desk_entry entry ON entry.id = body.entry_id
    JOIN desk_conversation chat ON chat.id = entry.conversation_id
    CROSS JOIN LATERAL (SELECT desk_search_words(body.text) AS words OFFSET 0) said
    WHERE entry.kind IN {KINDS} AND said.words <> ''::tsvector
    ON CONFLICT (site_id, entry_id) DO UPDATE SET words = excluded.words)
SELECT count(*) FROM done"""
_KEEP_ENTRIES: Final = f"""
CREATE FUNCTION desk_search_keep_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE {ENTRIES}, {PENDING};
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM {ENTRIES} found USING changed body, desk_entry entry, desk_conversation chat
        WHERE entry.id = body.entry_id AND chat.id = entry.conversation_id
        AND (found.site_id, found.entry_id) = (chat.site_id, entry.id);
    END IF;
    INSERT INTO {PENDING} (entry_id) SELECT entry_id FROM changed ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$"""
_WHO: Final = """SELECT visitor.site_id, visitor.id, to_tsvector('pg_catalog.simple',
    desk_search_folded(concat_ws(' ', visitor.name, full_name, email, subject,
        claimed ->> 'name', claimed ->> 'email',
        (SELECT string_agg(DISTINCT reply_to, ' ') FROM desk_conversation WHERE visitor_id = visitor.id))))
    FROM desk_visitor visitor"""
_VISITOR: Final = f"""
CREATE FUNCTION desk_search_visitor(which bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {VISITORS} (site_id, visitor_id, words) {_WHO} WHERE visitor.id = which
    ON CONFLICT (visitor_id) DO UPDATE SET words = excluded.words;
END $$"""
_KEEP: Final = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM desk_search_visitor(NEW.{visitor});
    RETURN NULL;
END $$"""
# Of what is not yet sorted in, little is kept: no message pays for thousands of them.
_GIN: Final = "CREATE INDEX {table}_words ON {table} USING gin (words) WITH (gin_pending_list_limit = 512)"


def _trigger(name: str, event: str, does: str, each: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} FOR EACH {each} EXECUTE FUNCTION {does}()"


def _on_bodies(name: str, verb: str, which: str = "REFERENCING NEW TABLE AS changed") -> str:
    return _trigger(name, f"{verb} ON desk_entrybody {which}", "desk_search_keep_entries", "STATEMENT")


MADE: Final = [
    _FOLDED,
    _WORDS,
    f"CREATE TABLE {PENDING} (entry_id bigint PRIMARY KEY)",
    f"""CREATE TABLE {ENTRIES}
    (site_id bigint, entry_id bigint, words tsvector NOT NULL, PRIMARY KEY (site_id, entry_id))""",
    _GIN.format(table=ENTRIES),
    f"""CREATE TABLE {VISITORS}
    (visitor_id bigint PRIMARY KEY, site_id bigint NOT NULL, words tsvector NOT NULL)""",
    _GIN.format(table=VISITORS),
    _KEEP_ENTRIES,
    _on_bodies("found_when_said", "INSERT"),
    _on_bodies("found_when_blanked", "UPDATE"),
    _on_bodies("found_when_emptied", "TRUNCATE", ""),
    _VISITOR,
    _KEEP.format(name="desk_search_keep_visitor", visitor="id"),
    _trigger("found_when_they_come", "INSERT ON desk_visitor", "desk_search_keep_visitor", "ROW"),
    _trigger(
        "found_as_they_are",
        f"UPDATE OF {KNOWN} ON desk_visitor",
        "desk_search_keep_visitor",
        f"ROW WHEN ({CHANGED})",
    ),
    _KEEP.format(name="desk_search_keep_address", visitor="visitor_id"),
    _trigger(
        "found_by_address",
        "INSERT OR UPDATE OF reply_to, visitor_id ON desk_conversation",
        "desk_search_keep_address",
        "ROW WHEN (NEW.reply_to <> '')",
    ),
]
BRING_IN: Final = [_BRING_IN]
VISITORS_THERE: Final = f"""INSERT INTO {VISITORS} (site_id, visitor_id, words) {_WHO}
    WHERE visitor.id >= %s AND visitor.id < %s ON CONFLICT (visitor_id) DO NOTHING"""
UNMADE: Final = [
    *(f"DROP FUNCTION {name}({takes}) CASCADE" for name, takes in FUNCTIONS.items()),
    f"DROP TABLE {PENDING}",
    f"DROP TABLE {ENTRIES}",
    f"DROP TABLE {VISITORS}",
]

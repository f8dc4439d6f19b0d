"""Years of chats, straight into the tables of a migrated database, in minutes: nobody writes there then.

A chat has ten entries: opened, assigned, seven messages, closed. Words are drawn from 20,000 with the
frequencies of natural language (the n-th most frequent about 1/n as often as the first; G. K. Zipf); one
message in fourteen names an order of its own. There are three visitors to four chats, six in ten with a name
and an address. The newest four hundred chats are open, half of them waiting. A tenth is of a second site.
"""

from typing import Final

import psycopg

ENTRIES: Final = 10  # of a chat
MESSAGES: Final = 7  # of them
OPEN: Final = 400
SAYINGS: Final = 200_000  # different messages, before orders are named in them
VOCABULARY: Final = 20_000
STEP: Final = 50_000  # chats in a transaction

_PREPARE: Final = f"""
SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET jit = off;
SET session_replication_role = replica;
DROP INDEX desk_searchentry_words; DROP INDEX desk_searchvisitor_words;
SELECT setseed(0.42);
CREATE TEMP TABLE vocabulary AS SELECT n, word FROM (
    SELECT row_number() OVER (ORDER BY md5(a || b || c)) AS n, a || b || c AS word FROM
    unnest(string_to_array('ba co di fe gu ha jo ki le mu na po qui re so ta vi wa xe zo', ' ')) a,
    unnest(string_to_array(
        'lan mer nis por quet ran sel tim vor wen bri cha dro fli gra ple sta tru cle pha', ' ')) b,
    unnest(string_to_array('a ed ing ion er ous ly ment s al ity ure ant ful ish or um ive ery ance age ate '
        'dom ent eon ette hood ia ible ic id ier ify il ine ism ist ize kin less let like ling man most ness '
        'oid ory ship some th tude ward way wise y yl ym yx zen', ' ')) c
    ORDER BY 1 LIMIT {VOCABULARY}) words;
UPDATE vocabulary SET word = common.word FROM (VALUES (1, 'the'), (2, 'my'), (3, 'order'), (4, 'please'),
    (5, 'delivery'), (6, 'thanks'), (7, 'when'), (8, 'parcel'), (40, 'refund'), (60, 'invoice'),
    (400, 'teapot'), (6000, 'warranty')) common(n, word) WHERE vocabulary.n = common.n;
CREATE UNIQUE INDEX ON vocabulary (n);
CREATE TEMP TABLE drawn AS SELECT saying, floor(exp(random() * ln({VOCABULARY} + 1)))::int AS n
    FROM generate_series(0, {SAYINGS} - 1) saying, generate_series(1, 4 + saying % 17);
ANALYZE vocabulary; ANALYZE drawn;
CREATE TEMP TABLE sayings AS SELECT saying, string_agg(word, ' ') AS text,
    to_tsvector('simple', string_agg(word, ' ')) AS words
    FROM drawn JOIN vocabulary USING (n) GROUP BY saying;
CREATE UNIQUE INDEX ON sayings (saying); ANALYZE sayings;
"""
_HOUSE: Final = """
INSERT INTO desk_site (public_key, name, allowed_origins, locale, time_zone, is_demo, created_at)
    VALUES ('second', 'Second', '[]', '', 'UTC', false, now());
CREATE TEMP TABLE house AS SELECT (SELECT min(id) FROM desk_site) AS first,
    (SELECT id FROM desk_site WHERE public_key = 'second') AS second,
    (SELECT min(id) FROM desk_queue) AS queue, (SELECT array_agg(id ORDER BY id) FROM desk_agent) AS agents;
INSERT INTO desk_queue (public_id, site_id, name, is_default{more})
    SELECT 'second', second, 'Second', true{values} FROM house, desk_queue q WHERE q.id = house.queue;
"""
_VISITORS: Final = """
INSERT INTO desk_visitor (id, public_id, site_id, token_sha256, name, locale, page, here, seen_at,
        created_at, full_name, email)
    SELECT v, 'past-' || v, CASE WHEN v %% 10 = 0 THEN second ELSE first END, 'past-' || v,
        initcap((SELECT word FROM vocabulary WHERE vocabulary.n = 1 + visitor.v %% 997)) || ' ' || visitor.v,
        '', '', false, now(), now(),
        CASE WHEN v %% 10 < 6 THEN initcap(given.word || ' ' || family.word) ELSE '' END,
        CASE WHEN v %% 10 < 6 THEN given.word || '.' || family.word || v || '@mail.example' ELSE '' END
    FROM house, generate_series(%(first)s::bigint, %(last)s::bigint) visitor(v)
    JOIN vocabulary given ON given.n = 1 + visitor.v * 7 %% 1009
    JOIN vocabulary family ON family.n = 1 + visitor.v * 31 %% 9973;
"""
_CHATS: Final = f"""
INSERT INTO desk_conversation (id, public_id, site_id, visitor_id, start_id, salt, page, locale, queue_id,
        state, owner_id, last_owner_id, sort_key, place_key, position, visible, mark, visible_mark, chain,
        visible_chain, visitor_messages, team_messages, last_at, last_words, opened_at, queued_at,
        assigned_at, closed_at, tags)
    SELECT n, 'past-' || n, v.site_id, v.id, gen_random_uuid(), '', '', '',
        CASE v.site_id WHEN second THEN (SELECT id FROM desk_queue WHERE public_id = 'second') ELSE queue END,
        how.state, CASE WHEN how.state = 'active' THEN agent END, agent,
        CASE WHEN how.state = 'queued' THEN n END, CASE WHEN how.state = 'queued' THEN n END,
        {ENTRIES}, {ENTRIES}, '', '', '', '', 4, 3, moment.at,
        json_build_object('role', 'visitor', 'kind', 'message', 'text', 'Thanks', 'at', 0),
        moment.at, moment.at, moment.at, CASE WHEN how.state = 'closed' THEN moment.at END,
        CASE WHEN n %% 50 = 0 THEN '["vip"]'::jsonb ELSE '[]'::jsonb END
    FROM house, generate_series(%(first)s::bigint, %(last)s::bigint) n
    JOIN desk_visitor v ON v.id = 1 + n %% %(visitors)s
    CROSS JOIN LATERAL (SELECT now() - (%(chats)s - n) * interval '1 minute' AS at,
        agents[1 + n %% cardinality(agents)] AS agent FROM house) moment
    CROSS JOIN LATERAL (SELECT CASE WHEN n <= %(chats)s - %(open)s THEN 'closed'
        WHEN n %% 2 = 0 THEN 'queued' ELSE 'active' END AS state) how;
INSERT INTO desk_entry (id, conversation_id, position, visible, shown, mark, kind, author_role, author_id,
        author_name, public_name, at, client_id, asked, digest, chain, visible_chain, visitor_messages,
        team_messages)
    SELECT (c.id - 1) * {ENTRIES} + place, c.id, place, place, true, left(md5(place::text), 16),
        CASE place WHEN 1 THEN 'opened' WHEN 2 THEN 'assigned' WHEN {ENTRIES} THEN 'closed'
        ELSE 'message' END,
        CASE WHEN place %% 2 = 1 THEN 'visitor' ELSE 'agent' END, 'past', 'Past', 'Past',
        c.opened_at + place * interval '10 seconds', NULL, '', repeat('d', 64), repeat('c', 64),
        repeat('v', 64), place, 0
    FROM desk_conversation c, generate_series(1, {ENTRIES}) place
    WHERE c.id BETWEEN %(first)s AND %(last)s;
CREATE TEMP TABLE said ON COMMIT DROP AS SELECT e.id, c.site_id, s.text, s.words,
        CASE WHEN e.id %% 20 = 7 THEN ' order A' || e.id ELSE '' END AS more
    FROM desk_entry e JOIN desk_conversation c ON c.id = e.conversation_id
    JOIN sayings s ON s.saying = e.id * 48271 %% {SAYINGS}
    WHERE e.kind = 'message' AND e.id > (%(first)s - 1) * {ENTRIES} AND e.id <= %(last)s::bigint * {ENTRIES};
INSERT INTO desk_entrybody (entry_id, text, salt)
    SELECT id, '{{"text":"' || text || more || '"}}', '' FROM said;
INSERT INTO desk_entrybody (entry_id, text, salt) SELECT id, '{{}}', '' FROM desk_entry
    WHERE kind <> 'message' AND id > (%(first)s - 1) * {ENTRIES} AND id <= %(last)s::bigint * {ENTRIES};
INSERT INTO desk_searchentry (site_id, entry_id, words) SELECT site_id, id,
    CASE more WHEN '' THEN words ELSE words || to_tsvector('simple', more) END FROM said;
"""
_FINISH: Final = """
INSERT INTO desk_searchvisitor (site_id, visitor_id, words) SELECT site_id, id, to_tsvector('simple',
    desk_search_folded(concat_ws(' ', name, full_name, email, subject))) FROM desk_visitor
    ON CONFLICT DO NOTHING;
INSERT INTO desk_tag (site_id, name) SELECT id, 'vip' FROM desk_site ON CONFLICT DO NOTHING;
INSERT INTO desk_taggedchat (tag_id, conversation_id) SELECT t.id, c.id FROM desk_conversation c
    JOIN desk_tag t ON t.site_id = c.site_id AND t.name = 'vip' WHERE c.id %% 50 = 0 ON CONFLICT DO NOTHING;
CREATE INDEX desk_searchentry_words ON desk_searchentry USING gin (words) WITH (gin_pending_list_limit = 512);
CREATE INDEX desk_searchvisitor_words ON desk_searchvisitor USING gin (words)
    WITH (gin_pending_list_limit = 512);
SELECT setval(pg_get_serial_sequence(name, 'id'), %(most)s)
    FROM unnest(ARRAY['desk_entry', 'desk_conversation', 'desk_visitor']) name;
"""


def fill(database_url: str, chats: int) -> None:
    """So many chats, ten entries each."""
    visitors = max(OPEN, chats * 3 // 4)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(_PREPARE)
        connection.execute(_house(connection))
        for first, last in _steps(visitors):
            connection.execute(_VISITORS, {"first": first, "last": last})
        open_chats = min(OPEN, chats // 2)
        for first, last in _steps(chats):
            given = {"first": first, "last": last, "chats": chats, "visitors": visitors, "open": open_chats}
            with connection.transaction(), psycopg.ClientCursor(connection) as cursor:
                cursor.execute(_CHATS, given)
        with psycopg.ClientCursor(connection) as cursor:
            cursor.execute(_FINISH, {"most": chats * ENTRIES + 1})
        connection.execute("VACUUM ANALYZE")


def _steps(count: int) -> list[tuple[int, int]]:
    return [(first, min(first + STEP - 1, count)) for first in range(1, count + 1, STEP)]


def _house(connection: "psycopg.Connection[tuple[object, ...]]") -> bytes:
    """A second site, whose queue is as the first one's, whatever columns a queue has."""
    own = {"id", "public_id", "site_id", "name", "is_default"}
    columns = "SELECT column_name FROM information_schema.columns WHERE table_name = 'desk_queue'"
    names = [str(name) for (name,) in connection.execute(columns) if name not in own]
    more, values = "".join(f", {name}" for name in names), "".join(f", q.{name}" for name in names)
    return _HOUSE.format(more=more, values=values).encode()

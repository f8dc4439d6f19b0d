"""Search: what was said is found, and what was blanked is not."""

from typing import Final

from django.db import connection

from support_chat.desk.integrity.report import Findings
from support_chat.desk.search.index_tables import ENTRIES, KINDS, PENDING
from support_chat.desk.vendor import VENDOR

FOUND: Final = "what was said can be found, and what was blanked cannot"

_SAID: Final = f"""FROM desk_entry e JOIN desk_entrybody b ON b.entry_id = e.id
LEFT JOIN {ENTRIES} f ON f.{{key}} = e.id {{more}} WHERE e.kind IN {KINDS}
    AND (f.{{key}} IS NOT NULL OR NOT EXISTS (SELECT 1 FROM {PENDING} p WHERE p.entry_id = e.id))"""
# A text of signs alone has no words: only PostgreSQL leaves it out.
_BROKEN: Final = {
    "sqlite": f"""SELECT e.id {_SAID.format(key="rowid", more="")}
        AND (b.text <> '') <> (f.rowid IS NOT NULL)""",
    "postgresql": f"""SELECT e.id {
        _SAID.format(
            key="entry_id",
            more="AND f.site_id = (SELECT site_id FROM desk_conversation c WHERE c.id = e.conversation_id)",
        )
    } AND (desk_search_words(b.text) <> ''::tsvector) <> (f.entry_id IS NOT NULL)""",
}


def check_search(findings: Findings) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM desk_entry WHERE kind IN {KINDS}")
        findings.looked(FOUND, cursor.fetchone()[0])
        cursor.execute(_BROKEN[VENDOR])
        while broken := cursor.fetchmany(500):
            for (key,) in broken:
                findings.note(FOUND, holds=False, where=f"entry {key}", checked=0)

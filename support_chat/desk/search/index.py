"""What can be found, kept by the database itself. Whoever blanks or changes a body, of whichever release,
takes its words out of the index in the same statement; whoever writes one puts it on the list of what is to
be brought in (`keeping.py`), since that takes as long as a fifth of all that a message costs.

`desk_searchentry` has the words of messages, notes, their files' names and what was said with a rating;
`desk_searchvisitor` those of who visitors are. Words are compared without capitals and accents; they are not
reduced to stems, since a site may be of any language.
"""

from typing import Final

from support_chat.desk.search import index_postgresql, index_sqlite
from support_chat.desk.search.index_tables import ENTRIES, PENDING, VISITORS

__all__ = ["BRING_IN", "ENTRIES", "MADE", "PENDING", "TO_DO_THERE", "UNMADE", "VISITORS", "VISITORS_THERE"]

MADE: Final = {"postgresql": index_postgresql.MADE, "sqlite": index_sqlite.MADE}
UNMADE: Final = {"postgresql": index_postgresql.UNMADE, "sqlite": index_sqlite.UNMADE}
# The oldest of what waits, at most so many: the one parameter of each statement. The last tells how many.
BRING_IN: Final = {"postgresql": index_postgresql.BRING_IN, "sqlite": index_sqlite.BRING_IN}
# What is there already: by key, from the first parameter on, up to and without the second.
TO_DO_THERE: Final = f"""INSERT INTO {PENDING} (entry_id) SELECT entry_id FROM desk_entrybody
    WHERE entry_id >= %s AND entry_id < %s ON CONFLICT DO NOTHING"""
VISITORS_THERE: Final = {
    "postgresql": index_postgresql.VISITORS_THERE,
    "sqlite": index_sqlite.VISITORS_THERE,
}

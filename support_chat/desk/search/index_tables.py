"""What both databases' indexes are called, and hold."""

from typing import Final

ENTRIES: Final = "desk_searchentry"
VISITORS: Final = "desk_searchvisitor"
PENDING: Final = "desk_searchpending"  # keys of bodies whose words are not in the index yet
SHADOWS: Final = (f"{ENTRIES}_", f"{VISITORS}_")  # how FTS5's own tables begin
KINDS: Final = "('message', 'note', 'edited', 'rated')"  # of entries, that say something
KNOWN: Final = "name, full_name, email, subject, claimed"  # by which a visitor is found
CHANGED: Final = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in KNOWN.split(", "))

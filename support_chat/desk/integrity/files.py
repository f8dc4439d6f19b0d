"""Files: those that messages name belong to them, and their bytes are there."""

from typing import Final

import msgspec
from django.db.models import F, Q

from support_chat.desk.files.store import size_of
from support_chat.desk.integrity.report import Findings
from support_chat.desk.models import Attachment

NAMED: Final = "a file's message names it, and is of the same chat and site"
KEPT: Final = "the bytes of every file are kept"


def check_files(findings: Findings) -> None:
    """One look at each row, and one at the storage for each that somebody may still have."""
    for invariant in (NAMED, KEPT):
        findings.looked(invariant, 0)
    rows = Attachment.objects.filter(state=Attachment.State.READY).annotate(
        said=F("entry__body__text"),
        fits=Q(conversation=F("entry__conversation")) & Q(site=F("conversation__site")),
    )
    for row in rows.order_by("pk").iterator(500):
        where = f"file {row.public_id}"
        if row.entry_id is not None:
            holds = row.fits and (row.said == "" or row.public_id in _named(row.said))
            findings.note(NAMED, holds=bool(holds), where=where)
        findings.note(KEPT, holds=row.said == "" or size_of(row.key) == row.size, where=where)


def _named(said: str) -> set[str]:
    try:
        return {file["id"] for file in msgspec.json.decode(said).get("files", ())}
    except (msgspec.DecodeError, LookupError, TypeError, AttributeError):
        return set()

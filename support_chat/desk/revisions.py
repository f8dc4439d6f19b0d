"""What messages say by now: a later entry changes one or takes it back, and what was said before is gone."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q, QuerySet

from support_chat.desk.bodies import body_of
from support_chat.desk.models import Conversation, Entry

REVISIONS: Final = ("edited", "retracted")


def revised(entries: Iterable[Entry]) -> dict[int, str | None]:
    """By position, as staff count, what messages say by these entries, in order; None: taken back."""
    found: dict[int, str | None] = {}
    for entry in entries:
        body = body_of(entry) if entry.kind in REVISIONS else {}
        if "of" in body:
            found[body["of"]] = body.get("text")
    return found


def revised_in(chat: Conversation) -> dict[int, str | None]:
    """The same of a whole chat."""
    rows = chat.entries.filter(kind__in=REVISIONS).select_related("body")
    return revised(rows.order_by("position"))


def of_message(rows: QuerySet[Entry], position: int) -> QuerySet[Entry]:
    """Those of these revisions that are about the message at this position."""
    of = f'"of":{position}'
    return rows.filter(Q(body__text__contains=f"{of},") | Q(body__text__contains=f"{of}}}"))

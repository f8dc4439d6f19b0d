"""What stands in the library, as its page lists it: found by words, folder and kind, with how it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from agents.library.duplicates import nearly_the_same
from agents.library.usage import Usage, is_stale, usage_of
from support_chat.desk.access import Staff
from support_chat.desk.library import canned_replies_to_arrange
from support_chat.desk.models import CannedReply

SHOWN: Final = 200  # at once: who looks for one among more types a word
COMPARED: Final = 2_000  # replies of which it is looked which are nearly the same

KINDS: Final = {
    "all": gettext_lazy("All"),
    "own": gettext_lazy("Only mine"),
    "unused": gettext_lazy("Not used for 90 days"),
    "alike": gettext_lazy("Nearly the same as another"),
    "deleted": gettext_lazy("Deleted"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    reply: CannedReply
    usage: Usage
    stale: bool
    alike: CannedReply | None


@dataclass(frozen=True, slots=True)
class Shelf:
    rows: Sequence[Shown]
    more: int  # that fit, too, and are not among them
    folders: Sequence[str]


def shelf_of(staff: Staff, *, words: str, folder: str | None, kind: str, now: datetime) -> Shelf:
    """`folder` None: all of them; "": what lies in none."""
    everything = canned_replies_to_arrange(staff)
    rows = list(_found(staff, everything, words, folder, kind))
    alike = _alike(everything.filter(deleted_at=None))
    usage = usage_of(rows, now=now)
    shown = [_shown(row, usage.get(row.pk, Usage()), alike, now) for row in rows]
    fitting = [each for each in shown if _is_kind(each, kind)]
    return Shelf(fitting[:SHOWN], max(0, len(fitting) - SHOWN), folders_of(staff))


def folders_of(staff: Staff) -> list[str]:
    rows = canned_replies_to_arrange(staff).filter(deleted_at=None).exclude(folder="")
    return sorted(set(rows.order_by().values_list("folder", flat=True)))


def _found(
    staff: Staff, rows: QuerySet[CannedReply], words: str, folder: str | None, kind: str
) -> QuerySet[CannedReply]:
    rows = rows.filter(deleted_at__isnull=kind != "deleted")
    if kind == "own":
        rows = rows.filter(owner=staff.agent) if staff.agent else rows.none()
    if folder is not None:
        within = Q(folder=folder) | Q(folder__startswith=f"{folder} / ")
        rows = rows.filter(within if folder else Q(folder=""))
    for word in words.split():
        rows = rows.filter(_holds(word))
    return rows


def _holds(word: str) -> Q:
    """In any of its texts."""
    found = Q()
    for name in ("shortcut", "title", "text", "folder"):
        found |= Q(**{f"{name}__icontains": word})
    return found


def _alike(rows: QuerySet[CannedReply]) -> dict[int, CannedReply]:
    """Of each site apart."""
    known = {row.pk: row for row in rows.order_by("pk")[:COMPARED]}
    found: dict[int, CannedReply] = {}
    for site in {row.site_id for row in known.values()}:
        texts = {pk: row.text for pk, row in known.items() if row.site_id == site}
        found |= {pk: known[other] for pk, other in nearly_the_same(texts).items()}
    return found


def _shown(row: CannedReply, usage: Usage, alike: dict[int, CannedReply], now: datetime) -> Shown:
    return Shown(row, usage, is_stale(row, usage, now=now), alike.get(row.pk))


def _is_kind(shown: Shown, kind: str) -> bool:
    return {"unused": shown.stale, "alike": shown.alike is not None}.get(kind, True)

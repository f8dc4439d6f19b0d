"""Which visitors are here, by the transport alone, and on which page: many at once, in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.visitors import spoken
from support_chat.desk.columns import Columns
from support_chat.desk.database_time import database_now
from support_chat.desk.events import VisitorChanged
from support_chat.desk.inbox import ROW_NEEDS, tell_rows
from support_chat.desk.line import is_held
from support_chat.desk.masking import masked
from support_chat.desk.models import Conversation, Process, Visitor
from support_chat.desk.on_site import tell_on_site
from support_chat.desk.sources import hashes_today
from support_chat.desk.telling import Telling, process_name
from support_chat.live.refusals import Busy
from support_chat.settings.chat import TRAIL, VISITOR_SETTLES

SWEPT: Final = 500  # visitors a transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A visitor, by key, is here from now on, or no more; None where nobody knows whether they stay."""

    visitor: int
    here: bool | None
    page: str = ""  # "": where they were
    locale: str = ""
    source: str = ""  # the network address that they come from; "": as it was
    zone: str = ""  # "": as it was, and so for the device
    device: str = ""
    referrer: str = ""  # "": as it was
    keeps_trail: bool = True  # of who has not written yet no way is kept, only where they are
    hidden: bool | None = None  # another tab is before ours; None: as it was
    ago: float = 0.0  # seconds; whoever has come somewhere since has not gone
    process: str = process_name  # where they come, or are gone from


def move_visitors(moves: Sequence[Move]) -> list[Busy | None]:
    """Write down who came and who went, and tell who has a chat with them; of who has
    none, whoever has the list of these before them.

    One alone waits for its row; of several, those whose rows somebody else holds are Busy.
    """
    with Telling() as telling:
        rows = _held({move.visitor for move in moves}, wait=len(moves) == 1)
        now = database_now()
        passed_over = {pk for pk, row in rows.items() if _was_passed_over(row, now)}
        there = [move for move in moves if move.visitor in rows]
        known = {pk: (_written(row), _told(row)) for pk, row in rows.items()}
        sources = hashes_today({move.source for move in moves})
        for move in there:
            _move(rows[move.visitor], move, now, sources[move.source])
        _whereabouts.update(row for pk, row in rows.items() if _written(row) != known[pk][0])
        changed = {pk for pk, row in rows.items() if _told(row) != known[pk][1]}
        chats = _tell(telling, changed, now)
        silent = changed - {chat.visitor_id for chat in chats}
        tell_on_site(telling, [rows[pk].site for pk in silent])
        for chat in chats:
            if chat.visitor_id in passed_over and chat.visitor.here and chat.sort_key is not None:
                telling.after(partial(assign_waiting, site=chat.site_id))  # their turn has come
    return [None if move.visitor in rows else Busy() for move in moves]


def _held(visitors: Collection[int], *, wait: bool) -> dict[int, Visitor]:
    rows = Visitor.objects.filter(pk__in=visitors).select_related("site").order_by("pk")
    rows = rows.select_for_update(no_key=True, of=("self",), skip_locked=not wait)
    return {row.pk: row for row in rows}


def _move(row: Visitor, move: Move, now: datetime, source: str) -> None:
    row.source = source or row.source
    _follow(row, move, now)
    row.locale, row.zone = spoken(move.locale) or row.locale, move.zone or row.zone
    row.device = move.device or row.device
    row.hidden = row.hidden if move.hidden is None else move.hidden
    if move.here and (not row.here or row.process != move.process):
        row.here, row.seen_at, row.process = True, now, move.process
    if move.here is False and not _is_overtaken(row, move, now):
        row.here, row.seen_at = False, now


def _follow(row: Visitor, move: Move, now: datetime) -> None:
    """Where they are, and on which pages they were."""
    page = masked(move.page)
    if page and move.keeps_trail and (page != row.page or not row.trail):
        row.trail = [*row.trail, {"page": page, "at": now.isoformat(timespec="seconds")}][-TRAIL:]
    row.page = page or row.page
    row.referrer = masked(move.referrer) or row.referrer


def _is_overtaken(row: Visitor, move: Move, now: datetime) -> bool:
    """They have come since, or somewhere else."""
    elsewhere = row.process not in {"", move.process}
    return row.here and (elsewhere or (move.ago > 0 and row.seen_at > now - timedelta(seconds=move.ago)))


def _written(row: Visitor) -> tuple[object, ...]:
    return row.here, row.seen_at, row.process, *_told(row), row.locale, row.trail, row.source


def _told(row: Visitor) -> tuple[object, ...]:
    return row.here, row.page, row.hidden, row.zone, row.device, row.referrer


def _was_passed_over(row: Visitor, now: datetime) -> bool:
    return not row.here and not is_held(row.seen_at, now, phone=row.phone)


_whereabouts = Columns(
    Visitor,
    [
        *("here", "page", "locale", "seen_at", "process", "trail"),
        *("hidden", "zone", "device", "source", "referrer"),
    ],
)


def _tell(telling: Telling, visitors: Collection[int], now: datetime) -> list[Conversation]:
    """Their open chats."""
    chats = Conversation.objects.filter(visitor__in=visitors).exclude(state="closed").order_by("pk")
    rows = list(chats.select_related(*ROW_NEEDS))
    for row in rows:
        visitor = row.visitor
        age = round(max(0.0, (now - visitor.seen_at).total_seconds()), 1)
        page = visitor.page or None
        said = VisitorChanged(
            conversation=row.public_id,
            here=visitor.here,
            since=age,
            page=page,
            hidden=visitor.hidden,
            zone=visitor.zone,
            device=visitor.device,
            referrer=visitor.referrer,
        )
        telling.state(visitor.topic, {"staff": (said,)})
    tell_rows(telling, rows, now=now)
    return rows


def sweep_visitors() -> None:
    """Whom a dead process held, and who have not come anywhere since, are gone."""
    settled = database_now() - timedelta(seconds=VISITOR_SETTLES)
    for process in Process.objects.filter(lease_until__lt=settled):
        left = Visitor.objects.filter(here=True, process=process.name, seen_at__lte=process.lease_until)
        while gone := list(left.values_list("pk", flat=True)[:SWEPT]):
            move_visitors([Move(visitor=pk, here=False, process=process.name) for pk in gone])

"""Whether a new chat is taken, and if not, why: one answer for the widget, for starting and for assigning.

Of a queue, or of the one in which the site's chats begin; the first of these that holds:

    "paused"  a supervisor takes no new chats until `moment`, and says why in `text`
    "closed"  outside the hours of the site or of the queue; both are open again at `moment`
    "busy"    the queue takes no new chats: as many wait as its manager allows, or the first of them as long
    "away"    within hours, and nobody is online who may take its chats
    "open"    somebody is

Nothing of it is stored but `Site.told`, how it stood when visitors were last told: all is derived when asked.
A chat that was left as a message, and whose visitor is gone, makes no queue busy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Min

from support_chat.desk.database_time import database_now
from support_chat.desk.events import AvailabilityChanged
from support_chat.desk.hours import Hours, hours_of, next_change, opens_at
from support_chat.desk.letters.envelope import mail_works
from support_chat.desk.models import Conversation, Queue, Site
from support_chat.desk.team import somebody_for

PAUSED: Final = "paused"
CLOSED: Final = "closed"
BUSY: Final = "busy"
AWAY: Final = "away"
OPEN: Final = "open"
_MOMENT: Final = {PAUSED: "until", CLOSED: "opens_in"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """`notice` stands above the visitor's text box, whatever the rest says. `mail`: letters are sent."""

    why: str
    moment: datetime | None = None  # when it is over; None: not known
    text: str = ""
    notice: str = ""
    mail: bool = False

    @property
    def available(self) -> bool:
        return self.why == OPEN

    def words(self, now: datetime) -> dict[str, Any]:
        """As it is told: {"available", "why", "until"?, "opens_in"?, "text"?, "notice"?, "mail"?}; in
        seconds."""
        words: dict[str, Any] = {"available": self.available, "why": self.why}
        if self.moment is not None:
            words[_MOMENT[self.why]] = round(max(0.0, (self.moment - now).total_seconds()), 1)
        return words | {name: said for name in ("text", "notice", "mail") if (said := getattr(self, name))}

    def kept(self) -> dict[str, Any]:
        """The same at any time, to compare with what was told."""
        moment = self.moment.isoformat() if self.moment else None
        kept = {"why": self.why, "moment": moment, "text": self.text, "notice": self.notice}
        return kept | ({"mail": True} if self.mail else {})


NOT_TOLD: Final = Availability(why=AWAY).kept()  # what is believed of a site that never said anything


def availability_of(site: Site, queue: Queue | None = None, *, now: datetime | None = None) -> Availability:
    """How a site, as its row says, stands."""
    now = now or database_now()
    queue = queue or default_queue(site)
    standing = shut_by(site, queue, now)
    if standing is None:
        here = queue is not None and somebody_for(queue)
        standing = Availability(why=OPEN if here else AWAY, notice=site.notice)
    return replace(standing, mail=mail_works(site))


def shut_by(site: Site, queue: Queue | None, now: datetime) -> Availability | None:
    """Why a new chat would not be taken by anybody, however many are online; None when it would."""
    if site.paused_until is not None and site.paused_until > now:
        return Availability(why=PAUSED, moment=site.paused_until, text=site.pause_text, notice=site.notice)
    zone, hours = _hours(site, queue)
    opening = opens_at(hours, zone, now)
    if opening != now:
        return Availability(why=CLOSED, moment=opening, notice=site.notice)
    if queue is not None and _is_busy(queue, now):
        return Availability(why=BUSY, notice=site.notice)
    return None


def changes_at(site: Site, queue: Queue | None, now: datetime) -> datetime | None:
    """When the clock may change how it stands."""
    zone, hours = _hours(site, queue)
    moments = [next_change(each, zone, now) for each in hours]
    return min(
        (each for each in (site.paused_until, *moments) if each is not None and each > now), default=None
    )


def answered_for(site: Site, now: datetime) -> float:
    """For how many seconds somebody takes new chats, as far as the clock knows; 0 where nobody does."""
    queue = default_queue(site)
    if not availability_of(site, queue, now=now).available:
        return 0.0
    change = changes_at(site, queue, now)
    return (change - now).total_seconds() if change else inf


def default_queue(site: Site) -> Queue | None:
    """Where chats begin that name no queue."""
    return first_queue(site.queues.all())


def first_queue(queues: Iterable[Queue]) -> Queue | None:
    """The same of all the queues of a site."""
    return min(queues, key=lambda queue: (not queue.is_default, queue.pk), default=None)


def news_of(site: Site, standing: Availability, now: datetime) -> dict[str, tuple[AvailabilityChanged, ...]]:
    """What either side hears of it; staff, who may have several sites, hear of which one."""
    words = standing.words(now)
    return {
        "visitor": (AvailabilityChanged(**words),),
        "staff": (AvailabilityChanged(**words, site=site.public_key),),
    }


def _hours(site: Site, queue: Queue | None) -> tuple[ZoneInfo, Sequence[Hours | None]]:
    """Those of both, which hold together."""
    hours = [hours_of(site.hours), hours_of(queue.hours) if queue else None]
    return zone_of(site), hours


def zone_of(site: Site) -> ZoneInfo:
    """UTC for a name of no zone: it was kept before names were checked, or the system forgot it since."""
    try:
        return ZoneInfo(site.time_zone)
    except (ValueError, OSError, LookupError):
        return ZoneInfo("UTC")


def _is_busy(queue: Queue, now: datetime) -> bool:
    if queue.closes_at_waiting is None and queue.closes_at_wait is None:
        return False
    waiting = Conversation.objects.filter(state=Conversation.State.QUEUED, queue=queue)
    waiting = waiting.exclude(keeps_place=True, visitor__here=False)
    counted = waiting.aggregate(count=Count("pk"), since=Min("queued_at"))
    too_many = queue.closes_at_waiting is not None and counted["count"] >= queue.closes_at_waiting
    waited = (now - counted["since"]).total_seconds() if counted["since"] else 0.0
    return too_many or (queue.closes_at_wait is not None and waited >= queue.closes_at_wait)

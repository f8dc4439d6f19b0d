"""Telling a site's visitors how it stands, once for every change: by agents, by the clock, by a full queue.

The clock knows hours and pauses by one deadline a site, at the next moment that may change anything; a queue
that its manager lets close itself is looked at once a second, and told of when it is news.
"""

from datetime import datetime
from typing import Final

from django.db.models import Q

from support_chat.desk.availability import (
    NOT_TOLD,
    Availability,
    availability_of,
    changes_at,
    default_queue,
    news_of,
)
from support_chat.desk.database_time import database_now
from support_chat.desk.models import Deadline, Site
from support_chat.desk.telling import Telling

OPENING: Final = "opening"  # the deadline of a site that opens or closes, or whose pause ends


def tell_availability(telling: Telling, site: Site, was: Availability | None = None) -> Availability:
    """Tell how a site, whose row is held, stands by now, unless it stood so before, by `was` where that is
    known and by what was told."""
    now = database_now()
    standing = availability_of(site, now=now)
    kept = standing.kept()
    if kept != (site.told or NOT_TOLD) or was not in (None, standing):
        site.told = kept
        site.save(update_fields=["told"])
        telling.state(site.topic, {**news_of(site, standing, now)})
    return standing


def look_again(site: Site, *, now: datetime) -> None:
    """The clock looks when this site, whose row is held, may stand otherwise."""
    due = changes_at(site, default_queue(site), now)
    if due is None:
        Deadline.objects.filter(kind=OPENING, subject=site.public_key).delete()
    else:
        Deadline.objects.update_or_create(kind=OPENING, subject=site.public_key, defaults={"due_at": due})


def opening_is_due(*, public_id: str) -> None:
    """It opens or closes, or a pause is over."""
    with Telling() as telling:
        site = Site.objects.select_for_update(no_key=True).filter(public_key=public_id).first()
        if site is not None:
            tell_availability(telling, site)
            look_again(site, now=database_now())


def settle_full_queues() -> None:
    """Tell of the queues that close themselves, and of those that take chats again."""
    limited = Q(queues__closes_at_waiting__isnull=False) | Q(queues__closes_at_wait__isnull=False)
    for site in Site.objects.filter(limited).distinct():
        if availability_of(site).kept() != (site.told or NOT_TOLD):
            with Telling() as telling:
                tell_availability(telling, Site.objects.select_for_update(no_key=True).get(pk=site.pk))

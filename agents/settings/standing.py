"""How a site or a queue stands, in words for managers: now, and under hours that are only typed yet."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from agents.settings.forms import HoursForm
from agents.settings.opening_words import opening_words
from agents.settings.site_form import SiteForm
from support_chat.desk.availability import availability_of, zone_of
from support_chat.desk.database_time import database_now
from support_chat.desk.hours import Hours, hours_of
from support_chat.desk.models import Queue, Site

_INSTEAD: Final = {
    "paused": gettext_lazy("Paused: no new chats are taken."),
    "busy": gettext_lazy("Full: no new chats are taken for now."),
    "away": gettext_lazy("Nobody of the team is online."),
}
UNREADABLE: Final = gettext_lazy("Correct the hours below to see when it is open.")


def standing_words(site: Site, queue: Queue | None = None) -> str:
    """ "Open now; closes today at 18:00. Nobody of the team is online." """
    now = database_now()
    standing = availability_of(site, queue, now=now)
    hours = [hours_of(site.hours), *([hours_of(queue.hours)] if queue else [])]
    words = opening_words(hours, zone_of(site), now)
    return " ".join(str(each) for each in (words, _INSTEAD.get(standing.why)) if each)


def hours_words(form: HoursForm, site: Site, queue: Queue | None, *, now: datetime | None = None) -> str:
    """What the hours of this form, which was looked at, would mean; a queue's together with its site's."""
    if set(form.errors) & {"always", "holidays", "time_zone", *(day.name for day in form.days)}:
        return str(UNREADABLE)
    typed = hours_of(form.hours())
    zone = ZoneInfo(form.cleaned_data["time_zone"]) if isinstance(form, SiteForm) else zone_of(site)
    hours: list[Hours | None] = [typed] if queue is None else [hours_of(site.hours), typed]
    return opening_words(hours, zone, now or database_now())

"""How hours stand right now, in one line: "Open now; closes at 18:00". Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext

from support_chat.desk.hours import Hours, next_change, opens_at

_SOON: Final = 6  # days that are named by their weekday


def opening_words(all_of: Sequence[Hours | None], zone: ZoneInfo, now: datetime) -> str:
    """Of hours that hold together, by the clocks of this zone."""
    opens = opens_at(all_of, zone, now)
    if opens is None:
        return gettext("Closed, and no opening is in sight.")
    if opens > now:
        return gettext("Closed now; opens %(when)s.") % {"when": moment_words(opens, zone, now)}
    closes = min((each for hours in all_of if (each := next_change(hours, zone, now))), default=None)
    if closes is None:
        return gettext("Open now, and does not close.")
    return gettext("Open now; closes %(when)s.") % {"when": moment_words(closes, zone, now)}


def moment_words(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """ "today at 18:00", "tomorrow at 09:00", "on Monday at 09:00", "on 24 December at 09:00"."""
    there, here = moment.astimezone(zone), now.astimezone(zone)
    days = (there.date() - here.date()).days
    return gettext("%(day)s at %(time)s") % {"day": _day(there, days), "time": f"{there:%H:%M}"}


def _day(there: datetime, days: int) -> str:
    if days < 2:
        return gettext("tomorrow") if days else gettext("today")
    if days <= _SOON:
        return gettext("on %(weekday)s") % {"weekday": date_format(there, "l")}
    return gettext("on %(date)s") % {"date": date_format(there, gettext("j F"))}

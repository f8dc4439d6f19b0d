"""When an agent works, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from agents.settings.fields import DAY_NAMES
from agents.settings.hours_text import write_holidays, write_intervals
from agents.settings.opening_words import moment_words
from support_chat.desk.hours import hours_of, next_change
from support_chat.desk.models import Agent
from support_chat.desk.shifts import works_at


def shift_words(agent: Agent, now: datetime) -> str:
    """ "At work now, until today at 18:00." """
    if agent.hours is None:
        return gettext("At work whenever they are here.")
    zone = ZoneInfo(agent.time_zone)
    change = next_change(hours_of(agent.hours), zone, now)
    if change is None:
        return (
            gettext("At work now.") if works_at(agent, now) else gettext("Off now, for as long as is known.")
        )
    words = (
        gettext("At work now, until %(when)s.")
        if works_at(agent, now)
        else gettext("Off now, until %(when)s.")
    )
    return words % {"when": moment_words(change, zone, now)}


def week_words(agent: Agent) -> list[str]:
    """A line a day, and one of their zone; none where no hours are set."""
    if agent.hours is None:
        return []
    week = agent.hours.get("week", {})
    days = [f"{name}: {write_intervals(week[day])}" for day, name in DAY_NAMES.items() if week.get(day)]
    special = write_holidays(agent.hours.get("holidays", ())).splitlines()
    return [*days, *special, agent.time_zone]

"""When an agent works, and whether they may be rung: by the hours that their manager set, by the breaks that
they take, by the quiet hours that they want. Pure, over rows that were read.

What they said themselves holds: who chose Away is on a break, and who chose Offline has left. A status that
the system set, because a connection was lost or nobody touched a key, is no reason not to call somebody who
works; but whose hours nobody has set works no longer than an hour after that.
"""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from support_chat.desk.hours import every_day, hours_of, is_open, next_change
from support_chat.desk.models import Agent, Attention
from support_chat.settings.chat import SHIFT_GOES_ON

_OWN_WORD: Final = {"chosen", "finished"}  # causes of a status


def works_at(agent: Agent, now: datetime) -> bool:
    return is_open(hours_of(agent.hours), _zone(agent.time_zone), now)


def changes_in(agent: Agent, now: datetime) -> float | None:
    """Seconds until their work begins or ends; None: it does not, as far as anybody knows."""
    change = next_change(hours_of(agent.hours), _zone(agent.time_zone), now)
    return None if change is None else (change - now).total_seconds()


def may_be_rung(agent: Agent, now: datetime) -> bool:
    if agent.status != Agent.Status.ONLINE:
        has_gone_home = agent.hours is None and now - agent.status_at > timedelta(seconds=SHIFT_GOES_ON)
        if has_gone_home or agent.status_cause in _OWN_WORD:
            return False
    return works_at(agent, now)


def wants_quiet(attention: Attention, now: datetime) -> bool:
    return is_open(every_day(attention.quiet), _zone(attention.time_zone), now)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # its name is no longer one
        return ZoneInfo("UTC")

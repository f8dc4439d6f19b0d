"""What is due in a chat in which nobody does anything: a pure decision over plain data.

Deadlines follow from the chat's own row, so that nothing has to be set, moved or forgotten when somebody
writes. actions/attending.py carries them out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from support_chat.settings.chat import (
    ABANDONED,
    AWAY_TOLD,
    AWAY_TOLD_PHONE,
    IDLE_AFTER,
    NUDGE_AFTER,
    ONE_LINE_IN,
    QUIET_CLOSES,
    REMIND_OWNER,
    REMIND_SUPERVISORS,
)


class Step(StrEnum):
    """What is done."""

    JOINED = "joined"  # the log says that the visitor is back
    LEFT = "left"  # … that they are gone
    TAKE_BACK = "take_back"  # nobody has answered: another agent gets it
    REMIND_OWNER = "remind_owner"
    TELL_SUPERVISORS = "tell_supervisors"
    REST = "rest"  # it does not count with its agent any more
    NUDGE = "nudge"  # the visitor is asked whether they are still there
    CLOSE = "close"  # the visitor has left


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """A chat that is not over. Every time is the database's."""

    waits: bool = False  # in its queue; else an agent has it
    first_reply_within: int  # seconds; 0: it is never taken back
    keeps_place: bool = False
    assigned_at: datetime | None = None
    waiting_since: datetime | None = None  # the visitor's first message that nobody answered
    looked_at: datetime | None = None
    replied: bool = False
    reminded: int = 0
    team_at: datetime | None = None
    idle_at: datetime | None = None
    nudged_at: datetime | None = None
    snoozed_until: datetime | None = None
    woken_at: datetime | None = None
    away_at: datetime | None = None
    here: bool = True  # the visitor is, since `seen_at`; or is not, since then
    seen_at: datetime
    phone: bool = False


def what_is_due(chat: Attended, now: datetime) -> Step | None:
    """The first step whose time has come, if any has."""
    return next((step for step, at in deadlines(chat) if at <= now), None)


def deadlines(chat: Attended) -> Iterator[tuple[Step, datetime]]:
    """Each step that is next, with its time. One is done at a time: what follows is known after it."""
    yield from _whereabouts(chat)
    if chat.waits:
        yield from _given_up(chat)
    elif chat.waiting_since is not None:
        yield from _silent(chat, chat.waiting_since)
    else:
        yield from _quiet(chat)


def _whereabouts(chat: Attended) -> Iterator[tuple[Step, datetime]]:
    if chat.here and chat.away_at is not None:
        yield Step.JOINED, chat.away_at + timedelta(seconds=ONE_LINE_IN)
    if not chat.here and chat.away_at is None and not chat.waits:
        yield Step.LEFT, chat.seen_at + timedelta(seconds=AWAY_TOLD_PHONE if chat.phone else AWAY_TOLD)


def _given_up(chat: Attended) -> Iterator[tuple[Step, datetime]]:
    if not chat.here and not chat.keeps_place:
        yield Step.CLOSE, chat.seen_at + timedelta(seconds=ABANDONED)


def _silent(chat: Attended, asked: datetime) -> Iterator[tuple[Step, datetime]]:
    """Our side owes an answer: since the visitor asked, since it is this agent's, since they look it up,
    since it is back from where they put it aside. A first reply cannot be put aside."""
    since = _latest(asked, chat.assigned_at, chat.looked_at, chat.woken_at)
    if not chat.replied and chat.first_reply_within:
        yield Step.TAKE_BACK, since + timedelta(seconds=chat.first_reply_within)
    elif chat.snoozed_until is not None:
        return
    elif chat.reminded == 0:
        yield Step.REMIND_OWNER, since + timedelta(seconds=REMIND_OWNER)
    elif chat.reminded == 1:
        yield Step.TELL_SUPERVISORS, since + timedelta(seconds=REMIND_SUPERVISORS)


def _quiet(chat: Attended) -> Iterator[tuple[Step, datetime]]:
    """The visitor owes an answer: since our last word, since it was given to somebody new, or since it is
    back from where its agent put it aside."""
    if chat.assigned_at is None or chat.snoozed_until is not None:
        return
    since = _latest(chat.assigned_at, chat.team_at, chat.woken_at)
    if chat.idle_at is None:
        yield Step.REST, since + timedelta(seconds=IDLE_AFTER)
    elif chat.nudged_at is None or chat.nudged_at < since:
        yield Step.NUDGE, since + timedelta(seconds=NUDGE_AFTER)
    else:  # from when they were asked, which may have been late: they have that time to answer
        yield Step.CLOSE, chat.nudged_at + timedelta(seconds=QUIET_CLOSES - NUDGE_AFTER)


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max([first, *(each for each in others if each is not None)])

"""Waits foreseen, from what the database shows: the queue's pace, everybody's range, and what came of it.

`waiting/` says how; here is what it needs, read: handle times and stays of late, who may take whom, and the
predictions that were told beside what happened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Final

from django.db.models import QuerySet

from support_chat.desk.database_time import database_now
from support_chat.desk.line import rules_of, waiting_of
from support_chat.desk.models import Conversation, Prediction, Queue
from support_chat.desk.routing import NO_ROOM, Candidate, Rules, Waiting, in_order, places, verdicts
from support_chat.desk.team import Team, team_of
from support_chat.desk.waiting.estimating import Pace, pace
from support_chat.desk.waiting.observed import Agent, Outcome, Range, Stay
from support_chat.desk.waiting.standing import InLine, estimates
from support_chat.settings.chat import PACE_EVERY, WAIT_CHATS, WAIT_OUTCOMES, WAIT_STAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """A chat's wait from now on: as it is told, and as the formula alone has it. None: we cannot say."""

    told: Range | None
    plain: Range | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A site's line at one moment, by chat."""

    waiting: Mapping[int, Waiting]
    places: Mapping[int, tuple[int, int]]
    foreseen: Mapping[int, Foreseen]


CANNOT_SAY: Final = Foreseen(told=None, plain=None)


class Paces:
    """How the queues move, read once a minute. Used from several threads: twice read is only slower."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[float, dict[int, Pace | None]]] = {}  # by site: when, and what

    def of(self, site: int) -> dict[int, Pace | None]:
        """The paces of a site's queues, by queue."""
        at, paces = self._read.get(site, (-PACE_EVERY, {}))
        if monotonic() - at >= PACE_EVERY:
            paces = {pk: pace_of(pk) for pk in Queue.objects.filter(site=site).values_list("pk", flat=True)}
            self._read[site] = (monotonic(), paces)
        return paces


def pace_of(queue: int) -> Pace | None:
    """How a queue moves of late; None when too little has happened to say."""
    ended = _ended(queue)
    handled = ended.exclude(assigned_at=None).values_list("assigned_at", "closed_at")[:WAIT_CHATS]
    times = [(closed - taken).total_seconds() for taken, closed in handled if closed and taken]
    return pace(times[::-1], _stays(ended), outcomes_of(queue)[::-1])


def outcomes_of(queue: int) -> list[Outcome]:
    """What was told in a queue of late and what came of it, the newest first."""
    rows = Prediction.objects.filter(conversation__queue=queue, waited__isnull=False, low__isnull=False)
    return [_outcome(row) for row in rows.order_by("-at")[:WAIT_OUTCOMES]]


def look_at_line(site: int, paces: Mapping[int, Pace | None]) -> Sight:
    """Read once, for everybody who wants to know their place."""
    now = database_now()
    team = team_of(site, now=now)
    waiting = waiting_of(site, now=now, ids=team.ids)
    return Sight(
        waiting={chat.id: chat for chat in waiting},
        places=places(waiting),
        foreseen=_foreseen(site, team, waiting, paces),
    )


def _foreseen(
    site: int, team: Team, everybody: Sequence[Waiting], paces: Mapping[int, Pace | None]
) -> dict[int, Foreseen]:
    """By chat, for all whose turn may come."""
    waiting = [chat for chat in in_order(everybody) if chat.here]
    line, agents = _in_line(waiting, team, rules_of(site)), _agents(team)
    plain = {queue: each and each.plain for queue, each in paces.items()}
    told = zip(waiting, estimates(line, agents, paces), estimates(line, agents, plain), strict=True)
    return {chat.id: Foreseen(told=range_, plain=formula) for chat, range_, formula in told}


def keep_predictions(told: Iterable[tuple[int, int, Foreseen]]) -> None:
    """(chat, place, what was told first): once each."""
    now = database_now()
    Prediction.objects.bulk_create(
        (_prediction(chat, place, each, now) for chat, place, each in told), ignore_conflicts=True
    )


def settle_prediction(row: Conversation, *, now: datetime, served: bool) -> None:
    """The wait is over: somebody has the chat, or its visitor left first."""
    settle_predictions([row], now=now, served=served)


def settle_predictions(rows: Sequence[Conversation], *, now: datetime, served: bool) -> None:
    """The same of several."""
    for made in Prediction.objects.filter(conversation__in=rows, waited=None):
        waited = (now - made.at).total_seconds()
        Prediction.objects.filter(pk=made.pk).update(waited=waited, served=served)


def _ended(queue: int) -> "QuerySet[Conversation]":
    site = Queue.objects.values_list("site", flat=True).get(pk=queue)  # named for the index
    rows = Conversation.objects.filter(site=site, queue=queue, state=Conversation.State.CLOSED, spam=False)
    return rows.order_by("-closed_at", "-pk")


def _stays(ended: "QuerySet[Conversation]") -> list[Stay]:
    """In line, of late: until somebody took the chat, or it ended."""
    rows = ended.values_list("queued_at", "assigned_at", "closed_at")[:WAIT_STAYS]
    stays = [
        Stay(seconds=max(0.0, ((taken or closed) - came).total_seconds()), left=taken is None)
        for came, taken, closed in rows
        if came is not None and closed is not None
    ]
    return stays[::-1]


def _in_line(waiting: Sequence[Waiting], team: Team, rules: Mapping[int, Rules]) -> list[InLine]:
    """Chats that need the same have the same agents: looked up once a kind."""
    kinds: dict[object, frozenset[int]] = {}
    line = []
    for chat in waiting:
        rule = rules[chat.queue]
        kind = (chat.queue, chat.skills, chat.waited >= rule.backup_after, chat.waited >= rule.relaxes_after)
        if kind not in kinds:
            kinds[kind] = _able(replace(chat, asked=(), holder=None), team.agents, rule)
        line.append(InLine(chat.queue, kinds[kind]))
    return line


def _able(chat: Waiting, agents: Sequence[Candidate], rule: Rules) -> frozenset[int]:
    found = verdicts(chat, agents, replace(rule, cool_down=0.0))
    return frozenset(agent for agent, why in found.items() if why in {"", NO_ROOM})


def _agents(team: Team) -> dict[int, Agent]:
    return {each.id: Agent(capacity=each.capacity, load=each.capacity - each.room) for each in team.agents}


def _outcome(row: Prediction) -> Outcome:
    return Outcome(
        told=Range(low=row.low or 0.0, high=row.high or 0.0),
        plain=Range(low=row.plain_low or 0.0, high=row.plain_high or 0.0),
        waited=row.waited or 0.0,
        served=bool(row.served),
    )


def _prediction(chat: int, place: int, each: Foreseen, now: datetime) -> Prediction:
    made = Prediction(conversation_id=chat, at=now, place=place)
    if each.told is not None and each.plain is not None:
        made.low, made.high = each.told.low, each.told.high
        made.plain_low, made.plain_high = each.plain.low, each.plain.high
    return made

"""Who is next, and who takes them: pure decisions over plain data. actions/assignment.py carries them out.

The one order is by sort key, a moment in microseconds: when the chat came, less the head start of its
priority, `PRIORITY_MINUTES`. From then on everybody's wait counts alike, so an urgent chat goes ahead of who
came up to an hour before it, and never of who has waited longer than that: nobody starves. It is the dynamic
priority of J. R. Jackson, "Some problems in queueing with dynamic priorities", Naval Research Logistics
Quarterly 7 (1960), and needs no clock: two chats that wait never change places.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from math import inf
from typing import Final

from support_chat.settings.chat import PRIORITY_MINUTES, RETURN_HEAD_START

MINUTE: Final = 60_000_000  # microseconds

# Why an agent does not get a chat.
HAS_IT = "has_it"
NOT_IN_QUEUE = "not_in_queue"
NOT_ONLINE = "not_online"
WAS_ASKED = "was_asked"
BACKUP_LATER = "backup_later"
LACKS_SKILL = "lacks_skill"
NO_ROOM = "no_room"
COOLING_DOWN = "cooling_down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a queue gives its chats. Times in seconds."""

    by_hand: bool = False  # agents take them: nobody is given any
    strategy: str = "least_loaded"
    backup_after: float = 0.0
    cool_down: float = 0.0
    relaxes_after: float = inf  # from then on skills are wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A chat that waits. Its place is by (sort_key, id): the same order for everybody who asks."""

    id: int
    queue: int
    sort_key: int  # microseconds
    waited: float = 0.0  # seconds
    known: int | None = None  # the agent who had it last
    inviter: int | None = None  # who asked its visitor whether they have a question
    holder: int | None = None  # who has it until somebody takes it: it is handed over
    skills: frozenset[str] = frozenset()
    asked: tuple[tuple[int, float], ...] = ()  # who let it go, and how many seconds ago, in order
    here: bool = True  # its visitor is, or not gone for long: else it is passed over and keeps its place
    offered: bool = False  # to somebody, who has not answered yet
    ahead: str = ""  # why it may stand before who came earlier

    @property
    def may_be_given(self) -> bool:
        return self.here and not self.offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An agent. Ages in seconds."""

    id: int
    queues: frozenset[int] = frozenset()
    backups: frozenset[int] = frozenset()  # queues they help out in
    online: bool = True
    online_for: float = inf
    capacity: int = 1  # chats at once
    room: int = 1  # chats more
    idle: float = 0.0  # since they were given or finished anything
    given_ago: float = inf
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A chat for an agent, and why: the rule that chose, and of everybody else why not ("": was eligible)."""

    chat: int
    agent: int
    rule: str
    queue: int = 0  # where it waited
    others: Mapping[int, str] = field(default_factory=dict)


def sort_key(arrived: datetime, priority: str = "normal") -> int:
    """When a chat of this priority, that came at this moment, stands to have come. Microseconds."""
    return moment(arrived) - PRIORITY_MINUTES[priority] * MINUTE


def returning_key(now: datetime) -> int:
    """The same of a chat that was over and goes on: in front of new ones, behind who went on before."""
    return moment(now) - RETURN_HEAD_START * MINUTE


def moment(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    return sorted(waiting, key=lambda chat: (chat.sort_key, chat.id))


def plan(
    waiting: Sequence[Waiting],
    agents: Sequence[Candidate],
    rules: Mapping[int, Rules],
    *,
    among: Collection[int] | None = None,
    limit: int | None = None,
) -> list[Given]:
    """Who is given to whom (of `among`), in the order it is to be done; `limit` of them at most.

    Chats are served strictly in their order; whom nobody free may take is passed over and keeps its place.
    Among agents a known one goes first, then who invited its visitor, then as the queue's strategy says. That
    choice is among agents only: it never lifts a chat over another.
    """
    return plan_in_order(in_order(waiting), agents, rules, among=among, limit=limit)


def plan_in_order(
    line: Iterable[Waiting],
    agents: Sequence[Candidate],
    rules: Mapping[int, Rules],
    *,
    among: Collection[int] | None = None,
    limit: int | None = None,
) -> list[Given]:
    """As `plan`, of a line that comes in its order, and is read no further than it is needed."""
    team = [_Standing(agent, agent.room, agent.idle, agent.given_ago) for agent in agents]
    free = [each for each in team if is_free(each.agent)]
    takers = {each.agent.id for each in free if among is None or each.agent.id in among}
    given: list[Given] = []
    for chat in line if takers else ():
        rule = rules[chat.queue]
        able = [each for each in _willing(chat, free, rule) if each.agent.id in takers]
        if not able or rule.by_hand or not chat.may_be_given:
            continue
        taker, why = _chosen(chat, able, rule.strategy)
        others = _verdicts(chat, team, rule)
        del others[taker.agent.id]
        given.append(Given(chat=chat.id, queue=chat.queue, agent=taker.agent.id, rule=why, others=others))
        taker.takes()
        takers -= {taker.agent.id} if taker.room <= 0 else set()
        if not takers or len(given) == limit:
            break
    return given


def overtaken(
    given: Sequence[Given],
    waiting: Iterable[Waiting],
    agents: Iterable[Candidate],
    rules: Mapping[int, Rules],
) -> dict[int, int]:
    """Given chat → an earlier one that its agent might have taken and that nobody is given: never any, of a
    plan. Looked at once more before it is carried out."""
    team = {agent.id: _Standing(agent, agent.room, agent.idle, agent.given_ago) for agent in agents}
    left, found = {chat.id: chat for chat in in_order(waiting)}, dict[int, int]()
    for each in given:
        taker = team[each.agent]
        before = takewhile(each.chat.__ne__, left)
        passed = next((key for key in before if _gets(taker, left[key], team, rules)), None)
        if passed is not None:
            found[each.chat] = passed
        del left[each.chat]
        taker.takes()
    return found


def _gets(
    standing: "_Standing", chat: Waiting, team: Mapping[int, "_Standing"], rules: Mapping[int, Rules]
) -> bool:
    rule = rules[chat.queue]
    if rule.by_hand or not chat.may_be_given or _refusal(chat, standing, rule) is not None:
        return False
    return standing in _willing(chat, [*team.values()], rule)


def is_free(agent: Candidate) -> bool:
    return agent.online and agent.room > 0


def verdicts(chat: Waiting, agents: Iterable[Candidate], rule: Rules) -> dict[int, str]:
    """By agent: why they do not get this chat now; "" of who might."""
    team = [_Standing(agent, agent.room, agent.idle, agent.given_ago) for agent in agents]
    return _verdicts(chat, team, rule)


def earlier_for(
    chat: int, agent: Candidate, line: Iterable[Waiting], rules: Mapping[int, Rules]
) -> Waiting | None:
    """The first of a line, in its order, that waits before this chat and that this agent would have to take
    instead, by hand: whether they are online or have room does not matter then."""
    taker = _Standing(agent, 1, inf, inf, by_hand=True)
    for other in line:
        if other.id == chat:
            return None
        if other.may_be_given and _willing(other, [taker], rules[other.queue]):
            return other
    return None


def places(waiting: Sequence[Waiting]) -> dict[int, tuple[int, int]]:
    """chat → (its place, how many wait in its queue): 1 + the earlier chats by the same key."""
    queues: dict[int, list[int]] = {}
    for chat in in_order(waiting):
        queues.setdefault(chat.queue, []).append(chat.id)
    return {
        chat: (place, len(chats)) for chats in queues.values() for place, chat in enumerate(chats, start=1)
    }


@dataclass(slots=True)
class _Standing:
    """An agent while a plan is made."""

    agent: Candidate
    room: int
    idle: float
    given_ago: float
    by_hand: bool = False

    def takes(self) -> None:
        self.room, self.idle, self.given_ago = self.room - 1, 0.0, 0.0


def _refusal(chat: Waiting, standing: _Standing, rule: Rules) -> str | None:
    """Why this agent does not get this chat; None when they might."""
    agent = standing.agent
    if chat.holder == agent.id:
        return HAS_IT
    if chat.queue not in agent.queues and chat.queue not in agent.backups:
        return NOT_IN_QUEUE
    unready = None if standing.by_hand else _not_now(chat, agent, rule)
    if unready is not None:
        return unready
    if not chat.skills <= agent.skills and chat.waited < rule.relaxes_after:
        return LACKS_SKILL
    if standing.room <= 0:
        return NO_ROOM
    return COOLING_DOWN if standing.given_ago < rule.cool_down else None


def _not_now(chat: Waiting, agent: Candidate, rule: Rules) -> str | None:
    """What does not keep them from taking it by hand."""
    if not agent.online:
        return NOT_ONLINE
    return BACKUP_LATER if chat.queue not in agent.queues and chat.waited < rule.backup_after else None


def _willing(chat: Waiting, team: Sequence[_Standing], rule: Rules) -> list[_Standing]:
    """Those who get this chat if anybody does."""
    return _not_asked(chat, [each for each in team if _refusal(chat, each, rule) is None])


def _verdicts(chat: Waiting, team: Sequence[_Standing], rule: Rules) -> dict[int, str]:
    reasons = {each.agent.id: _refusal(chat, each, rule) for each in team}
    able = [each for each in team if reasons[each.agent.id] is None]
    willing = {each.agent.id for each in _not_asked(chat, able)}
    return {key: reason or ("" if key in willing else WAS_ASKED) for key, reason in reasons.items()}


def _not_asked(chat: Waiting, able: Sequence[_Standing]) -> list[_Standing]:
    """Those who were not asked yet; when all were, those who were not asked last. Who has come online since
    they were asked begins anew."""
    asked = dict(chat.asked)
    last = chat.asked[-1][0] if chat.asked else None
    fresh = [each for each in able if asked.get(each.agent.id, inf) > each.agent.online_for]
    return fresh or [each for each in able if each.agent.id != last]


def _chosen(chat: Waiting, able: Sequence[_Standing], strategy: str) -> tuple[_Standing, str]:
    for wanted, why in ((chat.known, "known"), (chat.inviter, "invited")):
        taker = next((each for each in able if each.agent.id == wanted), None)
        if taker is not None:
            return taker, why
    if strategy == "least_loaded":
        return max(able, key=lambda each: (each.room, each.idle, -each.agent.id)), strategy
    if strategy == "longest_idle":
        return max(able, key=lambda each: (each.idle, -each.agent.id)), strategy
    return max(able, key=lambda each: (each.given_ago, each.idle, -each.agent.id)), strategy

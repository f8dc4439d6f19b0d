"""Which chats alert whom: what is due of each queue's steps, and who is rung by what waits."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from support_chat.desk.alerts import SOUND, Step, alerts_of, is_due
from support_chat.desk.availability import zone_of
from support_chat.desk.events import ChatsRinging
from support_chat.desk.hours import hours_of, is_open
from support_chat.desk.line import rule_of, rules_of, waiting_among
from support_chat.desk.models import Agent, Alert, Attention, Conversation, Membership, Queue
from support_chat.desk.routing import (
    BACKUP_LATER,
    COOLING_DOWN,
    LACKS_SKILL,
    NO_ROOM,
    NOT_ONLINE,
    WAS_ASKED,
    Rules,
    Waiting,
    verdicts,
)
from support_chat.desk.shifts import changes_in, may_be_rung
from support_chat.desk.team import Team, team_of

_ANSWERS: Final = (Membership.Role.AGENT, Membership.Role.SUPERVISOR)
# Who is rung first, by why they did not get the chat; whoever is not named here is not of its queue.
NEVER: Final = 2
_RANK: Final = {
    "": 0,
    WAS_ASKED: 0,
    COOLING_DOWN: 0,
    BACKUP_LATER: 1,
    NO_ROOM: 1,
    LACKS_SKILL: NEVER,
    NOT_ONLINE: NEVER,
}
AT_ONCE: Final = 50  # chats of one look at a queue's step: the rest waits for the next


@dataclass(frozen=True, slots=True)
class Due:
    """A step to be taken. `at`: its number."""

    at: int
    step: Step
    nobody: bool  # nobody could take the chat


def due_alerts(now: datetime) -> Iterator[int]:
    """Chats in which a step may be due, by queue, whoever has waited longest first: pks."""
    for queue in Queue.objects.filter(pk__in=_rows().values("queue")).select_related("site"):
        steps = alerts_of(queue.alerts)
        if steps and is_staffed(queue, now):
            yield from _in_queue(queue, steps, now)


def _in_queue(queue: Queue, steps: Sequence[Step], now: datetime) -> Iterator[int]:
    team, rule = team_of(queue.site_id, now=now), rule_of(queue)
    for taken, step in enumerate(steps):
        rows = _rows().filter(queue=queue).annotate(taken=Count("alerts")).filter(taken=taken)
        keys = rows.order_by("queued_at").values_list("pk", flat=True)
        late = now - timedelta(seconds=step.after)
        yield from keys.filter(queued_at__lte=late)[:AT_ONCE]
        soon = keys.filter(queued_at__gt=late, queued_at__lte=late + timedelta(seconds=steps[0].after))
        for waiting in waiting_among(soon[:AT_ONCE], now=now, ids=team.ids):
            if not _can_be_taken(_ranks(waiting, team, rule)):
                yield waiting.id


def due_alert(chat: Conversation, now: datetime) -> Due | None:
    """The step that is due in this chat, which is held, by now."""
    waits = chat.state == Conversation.State.QUEUED and (chat.keeps_place or chat.visitor.here)
    if not waits or chat.queued_at is None or not is_staffed(chat.queue, now):
        return None
    steps, taken = alerts_of(chat.queue.alerts), Alert.objects.filter(conversation=chat).count()
    nobody, waited = nobody_can(chat, now), (now - chat.queued_at).total_seconds()
    return Due(taken, steps[taken], nobody) if is_due(steps, taken, waited, nobody=nobody) else None


def nobody_can(chat: Conversation, now: datetime) -> bool:
    """Whether nobody who is online could be given it, now or once they have room."""
    team = team_of(chat.site_id, now=now)
    [waiting] = waiting_among([chat.pk], now=now, ids=team.ids)
    return not _can_be_taken(_ranks(waiting, team, rule_of(chat.queue)))


def _can_be_taken(ranks: Mapping[int, int]) -> bool:
    return min(ranks.values(), default=NEVER) < NEVER


def _rows() -> QuerySet[Conversation]:
    """What waits, and whose visitor waits too: they are here, or left where to answer."""
    rows = Conversation.objects.filter(state=Conversation.State.QUEUED, sort_key__isnull=False)
    return rows.filter(Q(keeps_place=True) | Q(visitor__here=True))


def is_staffed(queue: Queue, now: datetime) -> bool:
    """Within the hours of the queue and its site, and of somebody who answers it: else nobody is told."""
    zone = zone_of(queue.site)
    if not all(is_open(hours_of(each), zone, now) for each in (queue.site.hours, queue.hours)):
        return False
    return any(may_be_rung(agent, now) for agent in agents_of(queue))


def agents_of(queue: Queue) -> list[Agent]:
    """Who answers this queue, or helps out in it, with how they want to be told."""
    there = Q(user__memberships__queue=None) | Q(user__memberships__queue=queue)
    rows = Agent.objects.filter(
        there,
        user__is_active=True,
        user__memberships__site=queue.site_id,
        user__memberships__role__in=_ANSWERS,
    )
    return list(rows.select_related("attention").distinct().order_by("pk"))


def attention_of(agent: Agent) -> Attention:
    """As they set it, or as it is for everybody."""
    found: Attention | None = getattr(agent, "attention", None)
    return found or Attention(agent=agent)


def ringing(agents: Iterable[Agent], now: datetime) -> dict[int, ChatsRinging]:
    """By agent of these: the chats that ring with them now, and for how long at most."""
    mine = {agent.pk: agent for agent in agents if may_be_rung(agent, now)}
    rings: dict[int, dict[str, int]] = {pk: {} for pk in mine}
    for public_id, step, rung in _rung(mine, now) if mine else ():
        for pk in rung & {*mine}:
            rings[pk][public_id] = step
    return {agent.pk: _told(agent, rings.get(agent.pk, {}), now) for agent in agents}


def _told(agent: Agent, rings: Mapping[str, int], now: datetime) -> ChatsRinging:
    until = changes_in(agent, now) if rings else None
    return ChatsRinging(conversations=[*rings], steps=rings, until=until)


def _rung(agents: Collection[int], now: datetime) -> Iterator[tuple[str, int, set[int]]]:
    """Each chat that rings since it waits, by which step at last, and with whom of its site."""
    rang = Alert.objects.filter(conversation=OuterRef("pk"), kind=SOUND, at__gte=OuterRef("queued_at"))
    rows = _rows().annotate(step=Subquery(rang.order_by("-step").values("step")[:1]))
    chats = rows.filter(step__isnull=False, site__memberships__user__agent__in=agents).distinct()
    by_site: dict[int, dict[int, tuple[str, int]]] = {}
    for site, pk, public_id, step in chats.values_list("site", "pk", "public_id", "step"):
        by_site.setdefault(site, {})[pk] = public_id, step
    for site, names in by_site.items():
        team, rules = team_of(site, now=now), rules_of(site)
        may = _who_may(team, now)
        for waiting in waiting_among(names, now=now, ids=team.ids):
            yield *names[waiting.id], _first(_ranks(waiting, team, rules[waiting.queue]), may)


def _who_may(team: Team, now: datetime) -> set[int]:
    rows = Agent.objects.filter(pk__in=[each.id for each in team.agents])
    return {agent.pk for agent in rows if may_be_rung(agent, now)}


def _first(ranks: dict[int, int], may: set[int]) -> set[int]:
    """Whoever could take it; else who could with room; else all of the queue."""
    best = min((rank for pk, rank in ranks.items() if pk in may), default=0)
    return {pk for pk, rank in ranks.items() if pk in may and rank == best}


def _ranks(chat: Waiting, team: Team, rule: Rules) -> dict[int, int]:
    reasons = verdicts(chat, team.agents, rule)
    return {pk: _RANK[why] for pk, why in reasons.items() if why in _RANK}

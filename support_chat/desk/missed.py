"""What agents miss while no console of theirs is open: what a notice on their desktop would have told.

It is looked for, and nothing is hooked into writing: those for whom it matters are few, and whoever writes a
message pays nothing for them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from support_chat.desk.alerting import attention_of
from support_chat.desk.chains import instant
from support_chat.desk.models import Agent, Conversation, Mention, Presence, Pushed, PushSubscription
from support_chat.desk.shifts import may_be_rung, wants_quiet, works_at
from support_chat.settings.chat import AGENT_SETTLES, PUSHED_WITHIN, UNNOTICED

OFFERED: Final = "offered"
GIVEN: Final = "given"
BACK: Final = "back"  # they had put it aside
MESSAGE: Final = "message"
MENTION: Final = "mention"
_RETURNED: Final = "returned"  # why a chat stands in front: it was theirs when its visitor wrote again


@dataclass(frozen=True, slots=True)
class Missed:
    """By primary keys."""

    agent: int
    conversation: int
    kind: str


def has_console(agent: Agent, now: datetime) -> bool:
    """Whether any living process holds a socket of theirs."""
    return agent.presences.filter(process__lease_until__gt=now).exists()


def far_agents(now: datetime, *, among: Iterable[int] | None = None) -> list[Agent]:
    """Whose browsers take pushes, and who have had no console open for a moment."""
    here = Presence.objects.filter(agent=OuterRef("pk"), process__lease_until__gt=now)
    takes = PushSubscription.objects.filter(agent=OuterRef("pk"))
    gone = Q(left_at=None) | Q(left_at__lte=now - timedelta(seconds=AGENT_SETTLES))
    rows = Agent.objects.filter(gone, Exists(takes), ~Exists(here), user__is_active=True)
    rows = rows if among is None else rows.filter(pk__in=among)
    return list(rows.order_by("pk"))


def missed(agents: Iterable[Agent], now: datetime) -> list[Missed]:
    """What came to these since their last console was closed, or may have been dead, and they have not read:
    one thing a chat, without the chats that they were pushed to of."""
    known = {agent.pk: agent for agent in agents}
    since = {pk: _since(agent, now) for pk, agent in known.items()}
    found: dict[tuple[int, int], Missed] = {}
    for each in (*_of_chats(known, since, now), *_of_mentions(known, since, now)):
        found.setdefault((each.agent, each.conversation), each)
    told = set(Pushed.objects.filter(agent__in=known).values_list("agent", "conversation"))
    return [each for key, each in found.items() if key not in told]


def _since(agent: Agent, now: datetime) -> datetime:
    """What was before, a console has told; and what is older is no news."""
    fresh = now - timedelta(seconds=PUSHED_WITHIN)
    return max(fresh, agent.left_at - timedelta(seconds=UNNOTICED)) if agent.left_at else fresh


def may_be_told(agent: Agent, now: datetime) -> bool:
    """While they work, and want no quiet."""
    finishes = agent.status == Agent.Status.FINISHING and works_at(agent, now)
    return (finishes or may_be_rung(agent, now)) and not wants_quiet(attention_of(agent), now)


def _of_chats(agents: Mapping[int, Agent], since: Mapping[int, datetime], now: datetime) -> Iterator[Missed]:
    theirs = Q(owner__in=agents) | Q(offered_to__in=agents)
    had = Q(state=Conversation.State.QUEUED, place_why=_RETURNED, last_owner__in=agents)
    for chat in Conversation.objects.filter(theirs | had):
        offered, holder = chat.offered_to_id or 0, chat.owner_id or _gave_it_up(chat) or 0
        if offered in since and _at_last(chat, "offered")[1] > since[offered]:
            yield Missed(offered, chat.pk, OFFERED)
        if holder in since and (kind := _kind(chat, since[holder], now)):
            yield Missed(holder, chat.pk, kind)


def _gave_it_up(chat: Conversation) -> int | None:
    """Who had put it aside, and had gone when its visitor wrote; while nobody else has it."""
    if chat.place_why != _RETURNED or chat.last_owner_id is None:
        return None
    kind, _ = _at_last(chat, "returned_to_queue", "reopened")
    return chat.last_owner_id if kind == "returned_to_queue" else None


def _at_last(chat: Conversation, *kinds: str) -> tuple[str, datetime]:
    """The last of these entries, and when that was."""
    rows = chat.entries.filter(kind__in=kinds).order_by("-position")
    return rows.values_list("kind", "at")[0]


def _kind(chat: Conversation, since: datetime, now: datetime) -> str:
    """What of their chat they have missed; "" for nothing."""
    if chat.owner_id is not None and _between(since, chat.assigned_at, now) and not chat.replied:
        return GIVEN
    if chat.owner_id is not None and any(
        _between(since, at, now) for at in (chat.woken_at, chat.snoozed_until)
    ):
        return BACK
    said = chat.last_words or {}
    wrote = said.get("role") == "visitor" and said["at"] > instant(since)
    return MESSAGE if wrote and not _is_read(chat) else ""


def _between(since: datetime, at: datetime | None, now: datetime) -> bool:
    return at is not None and since < at <= now


def _is_read(chat: Conversation) -> bool:
    return chat.readers.filter(role="agent", seen__gte=chat.visitor_messages).exists()


def _of_mentions(
    agents: Mapping[int, Agent], since: Mapping[int, datetime], now: datetime
) -> Iterator[Missed]:
    fresh = now - timedelta(seconds=PUSHED_WITHIN)
    rows = Mention.objects.filter(agent__in=agents, seen_at=None, entry__at__gt=fresh)
    for agent, chat, at in rows.values_list("agent", "entry__conversation", "entry__at"):
        if at > since[agent]:
            yield Missed(agent, chat, MENTION)

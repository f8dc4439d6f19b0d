"""Giving waiting chats to agents: one owner each, never one too many, in the order they wait."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import AtCapacity, Changed, NotFound
from support_chat.desk.events import AgentChanged, TeammateChanged
from support_chat.desk.inbox import tell_gone, tell_queue, tell_rows
from support_chat.desk.locks import lock_agents, lock_conversation, lock_conversations
from support_chat.desk.log import SYSTEM, Author, Draft, append
from support_chat.desk.models import Agent, Conversation, Membership, Queue
from support_chat.desk.once import asked, earlier
from support_chat.desk.routing import Free, Waiting, plan
from support_chat.desk.team import agent_card
from support_chat.desk.telling import Telling


def accept_conversation(*, staff: Staff, conversation: int, client_id: UUID) -> int:
    """Take a waiting chat. Taking what is mine is done; Changed tells who was quicker."""
    if staff.agent is None:
        raise NotFound
    with Telling() as telling:
        agent = lock_agents([staff.agent.pk])[staff.agent.pk]
        row, now = lock_conversation(conversation)
        author = author_for(agent, row.site)
        known = earlier(row, author, client_id, asked("accept_conversation"))
        if known is not None:
            return known.position
        permit(staff, row, "read")
        if row.owner_id == agent.pk:
            return row.position
        if row.state != "queued":
            raise _taken(row)
        permit(staff, row, "accept")
        room_of(agent)
        assign(telling, row, agent, cause="accepted", now=now, author=author, client_id=client_id)
    return row.position


def _taken(row: Conversation) -> Changed:
    agent = {"id": row.owner.public_id, "name": row.owner.user.name} if row.owner else None
    return Changed(state=row.state, agent=agent)


def room_of(agent: Agent) -> int:
    """How many more chats this agent, whose row is held, may take. AtCapacity when none."""
    room = agent.capacity - agent.conversations.filter(state="active").count()
    if room <= 0:
        raise AtCapacity
    return room


def assign(
    telling: Telling,
    row: Conversation,
    agent: Agent,
    *,
    cause: str,
    now: datetime,
    author: Author = SYSTEM,
    client_id: UUID | None = None,
    before: Sequence[Draft] = (),
) -> None:
    """Give this chat to this agent. The transaction holds both rows and has seen that there is room."""
    waited = row.state == "queued"
    assigned = Draft(
        conversation=row,
        kind="assigned",
        author=author,
        body={"agent": named(agent, row), "cause": cause},
        client_id=client_id,
        asked=asked("accept_conversation") if client_id else "",
        owner=agent,
    )
    append(telling, [*before, assigned], now=now)
    agent.free_since = now
    agent.save(update_fields=["free_since"])
    tell_rows(telling, [row], now=now)
    if waited:
        tell_gone(telling, row, row.queue.topic, now=now)
        tell_queue(telling, row.queue, now=now)
    tell_agent(telling, agent)


def named(agent: Agent, row: Conversation) -> dict[str, str]:
    """The agent as the log names them."""
    author = author_for(agent, row.site)
    picture = agent.profiles.filter(site=row.site_id).values_list("picture", flat=True).first() or ""
    return {"id": agent.public_id, "name": author.name, "public_name": author.public_name, "picture": picture}


def tell_agent(telling: Telling, agent: Agent) -> None:
    """Tell the agent and their teams how they stand: status, load, room."""
    card = agent_card(agent)
    telling.state(agent.topic, {"staff": (AgentChanged(agent=card),)})
    for site in {each.site for each in agent.user.memberships.select_related("site")}:
        telling.state(site.team_topic, {"staff": (TeammateChanged(agent=card),)})


def assign_waiting(*, site: int) -> int:
    """Give whoever waits on this site to whoever is free. Returns how many chats were given.

    Called after every cause: an arrival, freed capacity, an agent coming online; and by the clock.
    """
    given = 0
    while _anything_to_give(site):
        step = _assign_some(site)
        given += step
        if step == 0:
            break
    return given


def _anything_to_give(site: int) -> bool:
    """Looked at without any lock: most causes find nothing to do."""
    if not Conversation.objects.filter(site=site, state="queued").exists():
        return False
    load = Count("conversations", filter=Q(conversations__state="active"), distinct=True)
    return _candidates(site).annotate(load=load).filter(load__lt=F("capacity")).exists()


def _assign_some(site: int) -> int:
    with Telling() as telling:
        agents = lock_agents([agent.pk for agent in _candidates(site)])
        free = _free(agents, site)
        pairs = plan(_waiting(site), free)
        rows, now = lock_conversations([chat for chat, _ in pairs])
        given = 0
        for chat, agent in pairs:
            if chat in rows and rows[chat].state == "queued" and now is not None:
                assign(telling, rows[chat], agents[agent], cause="automatic", now=now)
                given += 1
        if given < len(pairs):
            telling.after(partial(assign_waiting, site=site))
    return given


def _candidates(site: int) -> QuerySet[Agent]:
    """Agents of this site who are online by their own word and by the transport."""
    return Agent.objects.filter(
        status=Agent.Status.ONLINE,
        user__is_active=True,
        user__memberships__site=site,
        pk__in=_connected(),
    ).distinct()


def _connected() -> QuerySet[Agent, int]:
    return Agent.objects.filter(presences__process__lease_until__gt=database_now()).values_list(
        "pk", flat=True
    )


def _free(agents: dict[int, Agent], site: int) -> list[Free]:
    """The locked agents with the room they have now, by the queues they answer."""
    loads = dict(
        Agent.objects.filter(pk__in=agents)
        .annotate(load=Count("conversations", filter=Q(conversations__state="active")))
        .values_list("pk", "load")
    )
    online = [agent for agent in agents.values() if agent.status == Agent.Status.ONLINE]
    queues = queues_of(online, site)
    return [
        Free(
            id=agent.pk,
            queues=frozenset(queues.get(agent.user_id, ())),
            room=agent.capacity - loads[agent.pk],
            free_since=agent.free_since,
        )
        for agent in online
    ]


def queues_of(agents: Iterable[Agent], site: int) -> dict[int, set[int]]:
    """user pk → the queues of this site that they answer."""
    every = set(Queue.objects.filter(site=site).values_list("pk", flat=True))
    answering = [Membership.Role.AGENT, Membership.Role.SUPERVISOR]
    found: dict[int, set[int]] = {}
    memberships = Membership.objects.filter(
        user__in=[agent.user_id for agent in agents], site=site, role__in=answering
    )
    for user, queue in memberships.values_list("user", "queue"):
        found.setdefault(user, set()).update(every if queue is None else {queue})
    return found


def _waiting(site: int) -> list[Waiting]:
    rows = Conversation.objects.filter(site=site, state="queued").order_by("sort_key", "pk")
    return [
        Waiting(id=pk, queue=queue, sort_key=key or 0, known=known)
        for pk, queue, key, known in rows.values_list("pk", "queue", "sort_key", "last_owner")[:500]
    ]

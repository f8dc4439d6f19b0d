"""Giving waiting chats to agents: one owner each, never one too many, in the order they wait."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import AtCapacity, NotAllowed
from support_chat.desk.events import AgentChanged, TeammateChanged
from support_chat.desk.expecting import changed
from support_chat.desk.inbox import tell_lists, tell_queue
from support_chat.desk.lines import SYSTEM, Author, Draft
from support_chat.desk.locks import lock_agents, lock_conversation, lock_conversations
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.once import asked, earlier
from support_chat.desk.rounds import Rounds
from support_chat.desk.routing import Waiting, plan
from support_chat.desk.team import agent_card, free_agents
from support_chat.desk.telling import Telling
from support_chat.settings.chat import CHATS_A_ROUND

_rounds = Rounds()


def accept_conversation(*, staff: Staff, conversation: int, client_id: UUID) -> int:
    """Take a waiting chat. Taking what is mine is done; Changed tells who was quicker."""
    if staff.agent is None:
        raise NotAllowed
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
            raise changed(row)
        permit(staff, row, "accept")
        room_of(agent)
        assign(telling, row, agent, cause="accepted", now=now, author=author, client_id=client_id)
    return row.position


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
    tell_lists(telling, row, [agent.topic, row.queue.topic] if waited else [agent.topic], now=now)
    if waited:
        tell_queue(telling, row.queue, now=now)
    tell_agent(telling, agent)


def named(agent: Agent, row: Conversation) -> dict[str, str]:
    """The agent as the log names them."""
    face = agent.profiles.filter(site=row.site_id).first()
    return {
        "id": agent.public_id,
        "name": agent.user.name,
        "public_name": face.public_name if face else agent.user.name.split()[0],
        "picture": face.picture if face else "",
    }


def tell_agent(telling: Telling, agent: Agent) -> None:
    """Tell the agent and their teams how they stand: status, load, room."""
    card = agent_card(agent)
    telling.state(agent.topic, {"staff": (AgentChanged(agent=card),)})
    for site in {each.site for each in agent.user.memberships.select_related("site")}:
        telling.state(site.team_topic, {"staff": (TeammateChanged(agent=card),)})


def assign_waiting(*, site: int) -> int:
    """Give whoever waits on this site to whoever is free. Returns how many chats were given.

    Called after every cause: an arrival, freed capacity, an agent coming online; and by the clock.
    One thread of a process gives at a time; what happens meanwhile makes it look once more.
    """
    given = 0
    while _rounds.begin(site):
        try:
            while step := _assign_some(site):
                given += step
        finally:
            again = _rounds.end(site)
        if not again:
            break
    return given


def _assign_some(site: int) -> int:
    """One round: plan without a lock, hold the agents of the plan, plan again with what is true of them."""
    takers = {agent for _, agent in _plan(site)}
    if not takers:
        return 0
    with Telling() as telling:
        agents = lock_agents(takers)
        pairs = _plan(site, among=takers)
        rows, now = lock_conversations([chat for chat, _ in pairs])
        still = [(rows[chat], agents[agent]) for chat, agent in pairs if _waits(rows.get(chat))]
        for row, agent in still:
            assign(telling, row, agent, cause="automatic", now=now or database_now())
    return len(still)


def _waits(row: Conversation | None) -> bool:
    return row is not None and row.state == Conversation.State.QUEUED


def _plan(site: int, among: Iterable[int] | None = None) -> list[tuple[int, int]]:
    """Who would get whom now, if anybody waits and anybody (of `among`) is free."""
    waiting = _waiting(site)
    if not waiting:
        return []
    free = free_agents(site, every_queue={chat.queue for chat in waiting})
    pairs = plan(waiting, [agent for agent in free if among is None or agent.id in among])
    return pairs[:CHATS_A_ROUND]


def _waiting(site: int) -> list[Waiting]:
    rows = Conversation.objects.filter(site=site, state="queued").order_by("sort_key", "pk")
    return [
        Waiting(id=pk, queue=queue, sort_key=key or 0, known=known)
        for pk, queue, key, known in rows.values_list("pk", "queue", "sort_key", "last_owner")[:500]
    ]

"""The steps of giving, within a transaction that holds the agent and the chat: assign, offer, lose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from support_chat.desk.database_time import database_now
from support_chat.desk.errors import AtCapacity
from support_chat.desk.events import AgentChanged, ConversationLeft, Offered, OfferWithdrawn, TeammateChanged
from support_chat.desk.inbox import lists_of, tell_all_lists, tell_lists, tell_queue
from support_chat.desk.lines import SYSTEM, Author, Draft
from support_chat.desk.log import append
from support_chat.desk.models import Agent, AgentProfile, Conversation, Deadline, Membership
from support_chat.desk.team import OFFER, agent_card, load_of, loads_of
from support_chat.desk.telling import Telling
from support_chat.desk.waits import settle_predictions

Body = Mapping[str, Any]
Faces = Mapping[tuple[int, int], AgentProfile]  # by agent and site


def room_of(agent: Agent) -> int:
    """How many more chats this agent, whose row is held, may take. AtCapacity when none."""
    room = agent.capacity - load_of(agent)
    if room <= 0:
        raise AtCapacity
    return room


@dataclass(slots=True, kw_only=True)
class Gift:
    """A chat for an agent. `before`: what is written of it first."""

    row: Conversation
    agent: Agent
    cause: str
    author: Author = SYSTEM
    client_id: UUID | None = None
    request: str = ""
    why: Body | None = None
    forced: bool = False
    before: Sequence[Draft] = ()


def assign(telling: Telling, row: Conversation, agent: Agent, *, now: datetime, **more: Any) -> None:
    """Give this chat to this agent. The transaction holds both rows and has seen that there is room. `more`
    is the rest of a Gift."""
    assign_all(telling, [Gift(row=row, agent=agent, **more)], now=now)


def assign_all(telling: Telling, gifts: Sequence[Gift], *, now: datetime) -> None:
    """The same of many at once, in as many statements as of one."""
    topics = [{gift.agent.topic, *lists_of(gift.row)} for gift in gifts]
    left = [(gift.row, gift.row.owner, gift.cause) for gift in gifts]
    agents = {gift.agent.pk: gift.agent for gift in gifts}
    faces = _faces(agents, {gift.row.site_id for gift in gifts})
    append(telling, [draft for gift in gifts for draft in (*gift.before, _assigned(gift, faces))], now=now)
    settle_predictions([gift.row for gift in gifts], now=now, served=True)
    Agent.objects.filter(pk__in=agents).update(free_since=now, given_at=now)
    tell_all_lists(telling, zip((gift.row for gift in gifts), topics, strict=True), now=now)
    for queue in {gift.row.queue for gift in gifts}:
        tell_queue(telling, queue, now=now)
    tell_agents(telling, [*agents.values()])
    for row, owner, cause in left:
        if owner is not None and owner.pk != row.owner_id:
            tell_lost(telling, row, owner, cause)


def _assigned(gift: Gift, faces: Faces) -> Draft:
    row, queue = gift.row, gift.row.wanted_queue or gift.row.queue
    body: dict[str, Any] = {"agent": _named(gift.agent, faces.get((gift.agent.pk, row.site_id)))}
    body |= {"cause": gift.cause}
    body |= {"queue": queue.public_id} if queue != row.queue else {}
    body |= {"why": gift.why} if gift.why else {}
    body |= {"forced": True} if gift.forced else {}
    return Draft(
        conversation=row,
        kind="assigned",
        author=gift.author,
        body=body,
        client_id=gift.client_id,
        asked=gift.request,
        owner=gift.agent,
        queue=queue,
    )


def offer(
    telling: Telling,
    row: Conversation,
    agent: Agent,
    *,
    lasts: int,
    now: datetime,
    cause: str = "automatic",
    why: Body | None = None,
) -> None:
    """Offer it to this agent for `lasts` seconds. Meanwhile it counts with them, and keeps its place."""
    body = {"agent": {"id": agent.public_id, "name": agent.user.name}, "cause": cause, "expires_in": lasts}
    body |= {"why": why} if why else {}
    offered = Draft(conversation=row, kind="offered", author=SYSTEM, body=body, offered_to=agent)
    append(telling, [offered], now=now)
    agent.given_at = now
    agent.save(update_fields=["given_at"])
    Deadline.objects.update_or_create(
        kind=OFFER, subject=row.public_id, defaults={"due_at": now + timedelta(seconds=lasts)}
    )
    telling.state(agent.topic, {"staff": (Offered(conversation=row.public_id, expires_in=lasts),)})
    tell_lists(telling, row, {agent.topic, *lists_of(row)}, now=now)
    tell_agent(telling, agent)


def lose(
    telling: Telling,
    row: Conversation,
    *,
    now: datetime,
    cause: str = "withdrawn",
    reason: str = "",
    author: Author = SYSTEM,
) -> list[Draft]:
    """Ends the offer, if there is one: what is to be written of it first. Who had it is told."""
    agent = row.offered_to
    if agent is None:
        return []
    Deadline.objects.filter(kind=OFFER, subject=row.public_id).delete()
    body = {"agent": {"id": agent.public_id, "name": agent.user.name}, "cause": cause}
    body |= {"reason": reason} if reason else {}
    telling.state(agent.topic, {"staff": (OfferWithdrawn(conversation=row.public_id, reason=cause),)})
    return [Draft(conversation=row, kind="declined", author=author, body=body)]


def keep(
    telling: Telling, row: Conversation, author: Author, *, now: datetime, client_id: UUID, request: str
) -> None:
    """Whose it is keeps it after all, and hands it over to nobody."""
    lists, queue = lists_of(row), row.wanted_queue
    kept = Draft(conversation=row, kind="transferred", author=author, body={"cause": "kept"})
    kept.client_id, kept.asked = client_id, request
    append(telling, [*lose(telling, row, now=now), kept], now=now)
    tell_lists(telling, row, lists, now=now)
    if queue is not None:
        tell_queue(telling, queue, now=now)


def named(agent: Agent, row: Conversation) -> dict[str, str]:
    """The agent as the log names them."""
    return _named(agent, agent.profiles.filter(site=row.site_id).first())


def _named(agent: Agent, face: AgentProfile | None) -> dict[str, str]:
    return {
        "id": agent.public_id,
        "name": agent.user.name,
        "public_name": face.public_name if face else agent.user.name.split()[0],
        "picture": face.picture if face else "",
    }


def _faces(agents: Collection[int], sites: Collection[int]) -> Faces:
    found = AgentProfile.objects.filter(agent__in=agents, site__in=sites)
    return {(face.agent_id, face.site_id): face for face in found}


def tell_lost(telling: Telling, row: Conversation, agent: Agent, reason: str) -> None:
    """Tell an agent that a chat is theirs no more, and others that they have room."""
    left = ConversationLeft(conversation=row.public_id, reason=reason)
    telling.state(agent.topic, {"staff": (left,)})
    tell_agent(telling, agent)


def tell_agent(telling: Telling, agent: Agent) -> None:
    """Tell the agent and their teams how they stand: status, load, room."""
    tell_agents(telling, [agent])


def tell_agents(telling: Telling, agents: Sequence[Agent]) -> None:
    """The same of several."""
    now, loads = database_now(), loads_of(agent.pk for agent in agents)
    cards = {agent.user_id: agent_card(agent, now=now, load=loads[agent.pk]) for agent in agents}
    for agent in agents:
        telling.state(agent.topic, {"staff": (AgentChanged(agent=cards[agent.user_id]),)})
    teams = Membership.objects.filter(user__in=cards).select_related("site")
    for user, site in {(each.user_id, each.site): None for each in teams.order_by("site", "user")}:
        telling.state(site.team_topic, {"staff": (TeammateChanged(agent=cards[user]),)})

"""Which agents are here: by their word and by the transport. visits.py: which visitors."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Final

from django.db.models import Q

from support_chat.desk.access import author_for
from support_chat.desk.actions.returning import return_chats
from support_chat.desk.actions.status import availability, put
from support_chat.desk.database_time import database_now
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_agents, lock_conversations
from support_chat.desk.log import append
from support_chat.desk.missed import has_console
from support_chat.desk.models import Agent, Conversation, Deadline, Presence, Process
from support_chat.desk.team import GONE, RELEASE
from support_chat.desk.telling import Telling, process_name
from support_chat.settings.chat import AGENT_GRACE, COMES_BACK_WITHIN, GONE_TOLD, LEASE

LOST: Final = "connection lost"


def agent_arrived(*, agent: Agent) -> None:
    """This process holds a socket of theirs: if they are online, chats may come. Who was lost a moment ago
    stands as before, and gets what nobody has taken yet: it is theirs by being known, in its own turn."""
    with Telling() as telling:
        row = lock_agents([agent.pk])[agent.pk]
        was_here = connected(row)
        with nullcontext() if was_here else availability(telling, row):
            process = Process.objects.get(name=process_name)
            Presence.objects.get_or_create(agent=row, process=process)
            if was_here:
                return  # with another window: nobody was told that they are gone
            Deadline.objects.filter(kind__in=[RELEASE, GONE], subject=row.public_id).delete()
            row.pushed.all().delete()
        if _was_lost(row):
            put(telling, row, row.status_before, cause="came back")
        _say_here(telling, row)


def _was_lost(agent: Agent) -> bool:
    lost = agent.status == Agent.Status.OFFLINE and agent.status_cause == LOST and agent.status_before
    return bool(lost) and database_now() - agent.status_at < timedelta(seconds=COMES_BACK_WITHIN)


def agent_left(*, agent: Agent) -> None:
    """Their last socket of this process is gone. Nothing moves until the grace is over."""
    with Telling():
        row = lock_agents([agent.pk])[agent.pk]
        Presence.objects.filter(agent=row, process__name=process_name).delete()
        _release_later(row)


def settle_presence(*, here: Callable[[], set[int]]) -> None:
    """Bring our rows in line with whose sockets we hold, by their agents' pks: while the database was away
    somebody may have come or left, and others may have taken us for dead."""
    rows = Presence.objects.filter(process__name=process_name).select_related("agent")
    held = {row.agent_id: row.agent for row in rows}
    present = here()  # after the rows: who comes is here before their row is, who leaves is not here any more
    for agent in [agent for pk, agent in held.items() if pk not in present]:
        agent_left(agent=agent)
    for agent in Agent.objects.filter(pk__in=present - held.keys()):
        agent_arrived(agent=agent)


def _release_later(agent: Agent) -> None:
    if connected(agent):
        return
    agent.left_at = database_now()
    agent.save(update_fields=["left_at"])
    for kind, seconds in ((GONE, GONE_TOLD), (RELEASE, AGENT_GRACE)):
        due = database_now() + timedelta(seconds=seconds)
        Deadline.objects.get_or_create(kind=kind, subject=agent.public_id, defaults={"due_at": due})


def connected(agent: Agent) -> bool:
    return has_console(agent, database_now())


def agent_is_gone(*, public_id: str) -> None:
    """Not back yet: the visitors they talk with read that the connection dropped."""
    agent = Agent.objects.filter(public_id=public_id).first()
    if agent is None:
        return
    with Telling() as telling:
        agent = lock_agents([agent.pk])[agent.pk]
        if not connected(agent):
            _say(telling, agent, "left")


def _say_here(telling: Telling, agent: Agent) -> None:
    """Back: to those who were told that they are not."""
    if agent.conversations.filter(state=Conversation.State.ACTIVE).exists():
        _say(telling, agent, "joined")


def _say(telling: Telling, agent: Agent, kind: str) -> None:
    """A line in every chat of theirs that does not say so already."""
    held = agent.conversations.filter(state=Conversation.State.ACTIVE).values_list("pk", flat=True)
    rows, now = lock_conversations(held)
    for row in rows.values():
        if now is None or row.owner_id != agent.pk:
            continue
        own = Q(kind__in=["left", "joined"], author_id=agent.public_id)
        said = row.entries.filter(own | Q(kind="assigned"))
        last = said.order_by("-position").values_list("kind", flat=True).first()
        if kind != ("left" if last == "left" else "joined"):
            append(telling, [Draft(conversation=row, kind=kind, author=author_for(agent, row.site))], now=now)


def release_agent(*, public_id: str) -> int:
    """The grace is over: unless they are back, their chats wait again, ahead of later arrivals."""
    agent = Agent.objects.filter(public_id=public_id).first()
    if agent is None:
        return 0
    with Telling() as telling:
        agent = lock_agents([agent.pk])[agent.pk]
        if connected(agent):
            return 0
        returned = return_chats(telling, agent, cause=LOST)
        if agent.status != Agent.Status.OFFLINE:
            put(telling, agent, Agent.Status.OFFLINE, cause=LOST)
    return returned


def renew_lease() -> None:
    """Say that this process lives; find the dead, and give their agents the grace."""
    until = database_now() + timedelta(seconds=LEASE)
    Process.objects.update_or_create(name=process_name, defaults={"lease_until": until})
    for presence in Presence.objects.filter(process__lease_until__lt=database_now()).select_related("agent"):
        with Telling():
            row = lock_agents([presence.agent_id])[presence.agent_id]
            presence.delete()
            _release_later(row)


def end_lease() -> None:
    """This process goes: its agents have the grace to come back elsewhere."""
    for presence in Presence.objects.filter(process__name=process_name).select_related("agent"):
        agent_left(agent=presence.agent)
    Process.objects.filter(name=process_name).update(lease_until=database_now())

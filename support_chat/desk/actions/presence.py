"""Who is here: agents by their word and by the transport, visitors by the transport alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q

from support_chat.desk.access import Staff
from support_chat.desk.actions.arrival import front_of
from support_chat.desk.actions.assignment import assign_waiting, tell_agent
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed
from support_chat.desk.events import AvailabilityChanged, ConversationLeft, VisitorChanged
from support_chat.desk.inbox import tell_queue, tell_rows
from support_chat.desk.lines import SYSTEM, Draft
from support_chat.desk.locks import lock_agents, lock_conversations
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation, Deadline, Presence, Process, Site, Visitor
from support_chat.desk.team import RELEASE, available
from support_chat.desk.telling import Telling, process_name
from support_chat.settings.chat import AGENT_GRACE, LEASE


def set_status(*, staff: Staff, status: str, until: int | None = None) -> Agent:
    """What the agent says of themselves; it beats whatever the system would say."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        agent = lock_agents([staff.agent.pk])[staff.agent.pk]
        _put(telling, agent, status, cause="chosen", until=until)
    return agent


def _put(telling: Telling, agent: Agent, status: str, *, cause: str, until: int | None = None) -> None:
    now = database_now()
    with _availability(telling, agent):
        agent.status, agent.status_cause, agent.status_at = status, cause, now
        agent.back_at = now + timedelta(seconds=until) if until else None
        agent.free_since = now
        agent.save(update_fields=["status", "status_cause", "status_at", "back_at", "free_since"])
    tell_agent(telling, agent)


@contextmanager
def _availability(telling: Telling, agent: Agent) -> Iterator[None]:
    """Within, an agent comes or goes: their sites' visitors are told if that is news to them, and no more.

    The sites' rows are held, so that of two who leave at once the second one sees that nobody is left.
    """
    sites = Site.objects.filter(pk__in=agent.user.memberships.values("site")).order_by("pk")
    before = [(site, available(site)) for site in sites.select_for_update(no_key=True)]
    yield
    for site, was in before:
        if (now := available(site)) != was:
            said = AvailabilityChanged(available=now)
            telling.state(site.topic, {"visitor": (said,), "staff": (said,)})
        telling.after(partial(assign_waiting, site=site.pk))


def agent_arrived(*, agent: Agent) -> None:
    """This process holds a socket of theirs: if they are online, chats may come."""
    with Telling() as telling:
        row = lock_agents([agent.pk])[agent.pk]
        with _availability(telling, row):
            process = Process.objects.get(name=process_name)
            Presence.objects.get_or_create(agent=row, process=process)
            Deadline.objects.filter(kind=RELEASE, subject=row.public_id).delete()


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
    if not _connected(agent):
        due = database_now() + timedelta(seconds=AGENT_GRACE)
        Deadline.objects.get_or_create(kind=RELEASE, subject=agent.public_id, defaults={"due_at": due})


def _connected(agent: Agent) -> bool:
    return agent.presences.filter(process__lease_until__gt=database_now()).exists()


def release_agent(*, public_id: str) -> int:
    """The grace is over: unless they are back, their chats wait again, ahead of later arrivals."""
    agent = Agent.objects.filter(public_id=public_id).first()
    if agent is None:
        return 0
    with Telling() as telling:
        agent = lock_agents([agent.pk])[agent.pk]
        if _connected(agent):
            return 0
        held = agent.conversations.filter(state="active").order_by("pk").values_list("pk", flat=True)
        rows, now = lock_conversations(held)
        for row in sorted(rows.values(), key=lambda each: each.opened_at, reverse=True):
            if row.owner_id == agent.pk and now is not None:
                _return(telling, row, agent, now)
        if agent.status != Agent.Status.OFFLINE:
            _put(telling, agent, Agent.Status.OFFLINE, cause="connection lost")
    return len(rows)


def _return(telling: Telling, row: Conversation, agent: Agent, now: datetime) -> None:
    body = {"cause": "connection lost", "sort": front_of(row.queue, now)}
    append(telling, [Draft(conversation=row, kind="returned_to_queue", author=SYSTEM, body=body)], now=now)
    left = ConversationLeft(conversation=row.public_id, reason="connection lost")
    telling.state(agent.topic, {"staff": (left,)})
    tell_rows(telling, [row], now=now)
    tell_queue(telling, row.queue, now=now)


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


def visitor_arrived(*, visitor: Visitor, page: str, locale: str, stays: bool = True) -> None:
    """They are here, on this page. Of who does not stay the page alone is known: they may be gone."""
    here, since = (True, database_now()) if stays else (visitor.here, visitor.seen_at)
    _visitor_now(visitor, here, since, page=page or visitor.page, locale=locale or visitor.locale)


def visitor_left(*, visitor: Visitor, lingered: float = 0.0) -> None:
    """Their last socket of this process is gone, so many seconds ago: unless they arrived somewhere since."""
    now = database_now()
    since = now - timedelta(seconds=lingered)
    if not Visitor.objects.filter(pk=visitor.pk, seen_at__gt=since).exists():
        _visitor_now(visitor, False, now, page=visitor.page, locale=visitor.locale)


def _visitor_now(visitor: Visitor, here: bool, since: datetime, *, page: str, locale: str) -> None:
    with Telling() as telling:
        now = database_now()
        visitor.here, visitor.page, visitor.locale, visitor.seen_at = here, page, locale, since
        visitor.save(update_fields=["here", "page", "locale", "seen_at"])
        rows = Conversation.objects.filter(visitor=visitor).filter(~Q(state="closed"))
        for row in rows.select_related("visitor", "owner__user", "queue"):
            said = VisitorChanged(conversation=row.public_id, here=here, since=0.0, page=page or None)
            telling.state(visitor.topic, {"staff": (said,)})
            tell_rows(telling, [row], now=now)

"""How agents stand: by their own word, which beats all else, and by what the system saw; always why."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q

from support_chat.desk.access import Staff
from support_chat.desk.actions.alerting import tell_ringing
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.availability import tell_availability
from support_chat.desk.actions.giving import tell_agent
from support_chat.desk.actions.participating import leave_everywhere
from support_chat.desk.actions.returning import return_chats
from support_chat.desk.availability import availability_of
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed
from support_chat.desk.events import QueueStaffed
from support_chat.desk.locks import lock_agents
from support_chat.desk.models import Agent, Conversation, Queue, Site, StatusChange
from support_chat.desk.putting_aside import PUT_ASIDE
from support_chat.desk.team import load_of, staffed
from support_chat.desk.telling import Telling
from support_chat.settings.chat import FIRST_REPLY, MISSED_IN_A_ROW

Status = Agent.Status
CAUSES = {"chosen": "chosen", "no_sign": "no sign for a while"}


def set_status(
    *,
    staff: Staff,
    status: str,
    until: int | None = None,
    chats: str | None = None,
    note: str | None = None,
    cause: str = "chosen",
) -> Agent:
    """What the agent says of themselves; it beats whatever the system would say.

    Offline with chats is finishing them first; with `chats` "return" they wait again, where they stood, each
    with the note for whoever takes it.
    """
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        agent = lock_agents([staff.agent.pk])[staff.agent.pk]
        if cause == "no_sign" and (agent.status != Status.ONLINE or load_of(agent)):
            return agent
        if status == Status.OFFLINE and chats == "return":
            return_chats(telling, agent, cause="agent left", note=note or "")
        elif status == Status.OFFLINE and _holds(agent):
            status = Status.FINISHING
        put(telling, agent, status, cause=CAUSES[cause], until=until)
    return agent


def _holds(agent: Agent) -> bool:
    return agent.conversations.filter(state=Conversation.State.ACTIVE).exclude(PUT_ASIDE).exists()


def put(telling: Telling, agent: Agent, status: str, *, cause: str, until: int | None = None) -> None:
    """Change the status of an agent whose row is held, and say so to whom it matters."""
    now = database_now()
    with availability(telling, agent):
        agent.status_before, agent.status = agent.status, status
        agent.status_cause, agent.status_at = cause, now
        agent.back_at = now + timedelta(seconds=until) if until else None
        agent.free_since, agent.missed = now, 0
        agent.save()
        StatusChange.objects.create(agent=agent, status=status, cause=cause, at=now)
    tell_agent(telling, agent)
    tell_ringing(telling, [agent], now)
    if status == Status.OFFLINE:
        telling.after(partial(leave_everywhere, agent=agent))


@contextmanager
def availability(telling: Telling, agent: Agent) -> Iterator[None]:
    """Within, an agent comes or goes: their sites' visitors are told if that is news to them, and no more.

    The sites' rows are held, so that of two who leave at once the second one sees that nobody is left.
    """
    sites = Site.objects.filter(pk__in=agent.user.memberships.values("site")).order_by("pk")
    before = [(site, availability_of(site)) for site in sites.select_for_update(no_key=True)]
    yield
    for site, was in before:
        tell_availability(telling, site, was)
        _tell_staffed(telling, agent, site)
        telling.after(partial(assign_waiting, site=site.pk))


def _tell_staffed(telling: Telling, agent: Agent, site: Site) -> None:
    """Supervisors see when a queue is left without anybody."""
    mine = Q(memberships__user=agent.user_id) | Q(
        site__memberships__in=agent.user.memberships.filter(queue=None)
    )
    tell_staffed(telling, site, Queue.objects.filter(mine, site=site).distinct().order_by("pk"))


def tell_staffed(telling: Telling, site: Site, queues: Iterable[Queue]) -> None:
    answered = staffed(site.pk, now=database_now())
    for queue in queues:
        said = QueueStaffed(queue=queue.public_id, online=answered[queue.pk].online)
        telling.state(queue.topic, {"staff": (said,)})


def missed_one(telling: Telling, agent: Agent, *, now: datetime) -> None:
    """A chat of theirs was taken back unanswered. After two in a row they are set to Away."""
    lately = now - timedelta(seconds=2 * FIRST_REPLY)
    answering = agent.conversations.filter(state=Conversation.State.ACTIVE, replied=True, team_at__gt=lately)
    agent.missed = 1 if answering.exists() else agent.missed + 1
    if agent.missed >= MISSED_IN_A_ROW and agent.status == Status.ONLINE:
        put(telling, agent, Status.AWAY, cause="chats unanswered")
        return
    agent.save(update_fields=["missed"])
    tell_agent(telling, agent)


def settle_all_finishing() -> None:
    """Those whose last chat was taken over or handed away, too."""
    held = Conversation.objects.filter(state=Conversation.State.ACTIVE).exclude(PUT_ASIDE).values("owner")
    for agent in (
        Agent.objects.filter(status=Status.FINISHING).exclude(pk__in=held).values_list("pk", flat=True)
    ):
        settle_finishing(agent=agent)


def settle_finishing(*, agent: int) -> None:
    """Who is finishing is offline after their last chat."""
    with Telling() as telling:
        row = lock_agents([agent])[agent]
        if row.status == Status.FINISHING and not _holds(row):
            put(telling, row, Status.OFFLINE, cause="finished")

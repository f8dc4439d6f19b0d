"""A site with its people, as small as a test wants it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from support_chat.desk.access import Staff, author_for, author_of, staff_of
from support_chat.desk.actions.conversations import start_conversation
from support_chat.desk.actions.visitors import make_visitor
from support_chat.desk.ledger import write
from support_chat.desk.line import waiting_of
from support_chat.desk.models import (
    Agent,
    AgentProfile,
    CannedReply,
    Conversation,
    Membership,
    Presence,
    Process,
    Queue,
    Site,
    User,
    Visitor,
)
from support_chat.desk.posting import Outcome, Posting
from support_chat.desk.routing import Waiting


@dataclass
class House:
    site: Site
    queue: Queue

    def visitor(self) -> Visitor:
        return make_visitor(site=self.site)[0]

    def staff(
        self,
        name: str,
        *,
        role: str = "agent",
        capacity: int = 4,
        status: str = "offline",
        queue: Queue | None = None,
        answers: bool = True,
    ) -> Staff:
        """Somebody of this site, or of one queue of it; without `answers` they hold no chats at all."""
        user = User.objects.create(username=name, first_name=name.title(), last_name="Costa")
        Membership.objects.create(user=user, site=self.site, queue=queue, role=role)
        if answers:
            agent = Agent.objects.create(user=user, capacity=capacity, status=status)
            AgentProfile.objects.create(agent=agent, site=self.site, public_name=name.title())
            if status == "online":
                connect(agent)
        return staff_of(user)

    def chat(self, visitor: Visitor | None = None, body: str = "Hello") -> Conversation:
        return start_conversation(visitor=visitor or self.visitor(), client_id=uuid4(), body=body)[0]

    def reply(self, shortcut: str, text: str, queue: Queue | None = None) -> CannedReply:
        words = {"shortcut": shortcut, "title": shortcut.title(), "text": text}
        return CannedReply.objects.create(site=self.site, queue=queue, **words)


def house(name: str = "Shop") -> House:
    site = Site.objects.create(name=name, allowed_origins=["https://shop.example"])
    return House(site, Queue.objects.create(site=site, name="Questions", is_default=True))


def connect(agent: Agent) -> None:
    """A living process that is not this one holds a socket of this agent."""
    lease = timezone.now() + timedelta(minutes=5)
    process, _ = Process.objects.get_or_create(name="elsewhere", defaults={"lease_until": lease})
    Presence.objects.get_or_create(agent=agent, process=process)


def say(chat: Conversation, body: str, *, by: Staff | None = None, client_id: UUID | None = None) -> Outcome:
    """One message through the journal's own transaction, by an agent or by the chat's visitor."""
    author = author_of(chat.visitor)
    posting = Posting(
        conversation=chat.pk,
        author=author,
        client_id=client_id or uuid4(),
        body=body,
        visitor=chat.visitor_id,
    )
    if by is not None:
        posting = said_by(by, chat, body, client_id or uuid4())
    return write([posting])[0]


def said_by(staff: Staff, chat: Conversation, body: str, client_id: UUID) -> Posting:
    assert staff.agent is not None
    author = author_for(staff.agent, chat.site)
    return Posting(conversation=chat.pk, author=author, client_id=client_id, body=body, owner=staff.agent.pk)


def waiting_in(queue: int) -> list[Waiting]:
    """All who wait in this queue, in no order."""
    site = Queue.objects.values_list("site", flat=True).get(pk=queue)
    line = waiting_of(site, now=timezone.now(), ids={})
    return [chat for chat in line if chat.queue == queue]

"""Where it is written, and the table of all ways in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils import timezone

from support_chat.desk.access import Staff
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.models import Conversation, Queue, Site
from tests.desk.people import House


@dataclass
class Scene:
    """A shop whose chats are taken by hand, and whoever writes there."""

    shop: House
    ana: Staff = field(init=False)
    sue: Staff = field(init=False)
    boss: Staff = field(init=False)

    def __post_init__(self) -> None:
        Queue.objects.update(routing="manual")
        Site.objects.update(mail_works_at=timezone.now(), invitations={"rules": []})
        self.shop.site.refresh_from_db()
        self.ana = self.shop.staff("ana", status="online", capacity=50)
        self.sue = self.shop.staff("sue", role="supervisor", status="online")
        self.boss = self.shop.staff("boss", role="manager", answers=False)

    @property
    def site(self) -> str:
        return self.shop.site.public_key

    def chat(self, body: str = "Hello") -> Conversation:
        """Ana's."""
        chat = self.shop.chat(body=body)
        accept_conversation(staff=self.ana, conversation=chat.pk, client_id=uuid4())
        return Conversation.objects.get(pk=chat.pk)

    def of(self, chat: Conversation) -> dict[str, Any]:
        return {"conversation": chat.pk, "client_id": uuid4()}

    def set_site(self, **values: Any) -> None:
        change_site(staff=self.boss, site=self.site, values=values)


Way = Callable[[Scene, str], object]
WAYS: dict[str, tuple[Way, tuple[str, ...]]] = {}


def way(*columns: str) -> Callable[[Way], Way]:
    """One in which `columns`, "Model.field", are written."""

    def keep(act: Way) -> Way:
        WAYS[act.__name__] = act, columns
        return act

    return keep

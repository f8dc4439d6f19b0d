from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.ids import public_id
from support_chat.desk.models.agent import Agent
from support_chat.desk.models.conversation import Conversation
from support_chat.desk.models.visitor import Visitor


class Invitation(models.Model):
    """An agent asks a visitor on the site, who has no chat, whether they have a question."""

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        DECLINED = "declined"

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="invitations")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="invitations")
    text = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, null=True, related_name="invitation"
    )  # that it led to
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agent", "-made_at"], name="invitations_newest_first"),
        ]

    def __str__(self) -> str:
        return self.public_id

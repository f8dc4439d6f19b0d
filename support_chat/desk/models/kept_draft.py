from typing import ClassVar

from django.db import models

from support_chat.desk.models.agent import Agent
from support_chat.desk.models.conversation import Conversation


class KeptDraft(models.Model):
    """What an agent has begun to write in a chat and not sent. Without text it was sent or given up: the row
    stays for a while, so that an older window does not bring it back."""

    class Mode(models.TextChoices):
        REPLY = "reply"
        NOTE = "note"

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="drafts")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    mode = models.CharField(max_length=5, choices=Mode.choices)
    text = models.TextField(blank=True)
    version = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()  # when it was saved

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "conversation", "mode"], name="one_draft_a_box")
        ]
        indexes: ClassVar = [models.Index(fields=["agent", "at"], name="drafts_of_an_agent")]

    def __str__(self) -> str:
        return f"{self.mode} of {self.agent_id} in {self.conversation_id}"

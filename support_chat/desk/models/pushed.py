from typing import ClassVar

from django.db import models

from support_chat.desk.models.agent import Agent
from support_chat.desk.models.conversation import Conversation


class Pushed(models.Model):
    """An agent was pushed to of this chat: once, until a console of theirs is open again."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="pushed")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "conversation"], name="one_push_an_agent_and_chat")
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} to {self.agent_id}"

from typing import ClassVar

from django.db import models

from support_chat.desk.models.conversation import Conversation


class Alert(models.Model):
    """A step of a queue that was taken for a chat, once: people were told that nobody has it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="alerts")
    step = models.PositiveSmallIntegerField()  # its number among the queue's, from 0
    kind = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "step"], name="one_alert_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.conversation_id}"

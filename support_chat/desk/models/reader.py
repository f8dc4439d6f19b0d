from typing import ClassVar

from django.db import models

from support_chat.desk.models.conversation import Conversation


class Reader(models.Model):
    """How far one side has read. Only ever rises; never locks the conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="readers")
    role = models.CharField(max_length=8)  # "visitor" or "agent": the side
    position = models.PositiveIntegerField(default=0)  # counted for staff
    visible = models.PositiveIntegerField(default=0)  # counted for the visitor
    seen = models.PositiveIntegerField(default=0)  # visitor messages up to there
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "role"], name="one_reader_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.conversation_id} at {self.position}"

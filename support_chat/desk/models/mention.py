from typing import ClassVar

from django.db import models

from support_chat.desk.models.agent import Agent
from support_chat.desk.models.entry import Entry


class Mention(models.Model):
    """An agent is named in a note, or whispered to: found again until they have seen it, and after."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="mentions")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="mentions")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "entry"], name="one_mention_an_agent_and_entry")
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "-id"], name="mentions_newest_first"),
            models.Index(fields=["agent"], condition=models.Q(seen_at=None), name="mentions_not_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} in {self.entry_id}"

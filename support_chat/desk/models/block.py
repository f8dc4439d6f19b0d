from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.models.agent import Agent
from support_chat.desk.models.conversation import Conversation
from support_chat.desk.models.site import Site


class Block(models.Model):
    """Somebody may not write to a site, until a time. It holds until then, or until it is lifted."""

    class By(models.TextChoices):
        VISITOR = "visitor"
        IDENTITY = "identity"
        ADDRESS = "address"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="blocks")
    by = models.CharField(max_length=8, choices=By.choices)
    value = models.CharField(max_length=255)  # public id, subject, or the address as sources.py hashes it
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="blocks")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)  # as they were called

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["site", "by", "value"], condition=models.Q(lifted_at=None), name="blocks_that_hold"
            ),
            models.Index(fields=["site", "-id"], name="blocks_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.value}"


class SourceKey(models.Model):
    """What the network addresses of one day are hashed with. Gone after the next day: then no hash leads to
    an address any more."""

    day = models.DateField(unique=True)
    key = models.BinaryField()

    def __str__(self) -> str:
        return str(self.day)

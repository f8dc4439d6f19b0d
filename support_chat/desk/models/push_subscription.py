from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.models.agent import Agent


class PushSubscription(models.Model):
    """A browser of an agent that takes Web Push. Who signs in there next has it from then on, alone."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="pushes")
    endpoint = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64, unique=True)  # of the endpoint
    p256dh = models.CharField(max_length=100)  # the browser's public key, base64url
    auth = models.CharField(max_length=32)  # what it shares with whoever may write to it, base64url
    session = models.CharField(max_length=64, db_index=True)  # digest: with its sign-out it ends
    password = models.CharField(max_length=64, blank=True, db_default="")  # digest of it as hashed: likewise
    language = models.CharField(max_length=16, blank=True, db_default="")  # that its pages were read in
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agent", "made_at"], name="pushes_of_an_agent")]

    def __str__(self) -> str:
        return f"{self.pk} of {self.agent_id}"

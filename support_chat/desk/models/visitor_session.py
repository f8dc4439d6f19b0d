from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.models.identity_key import IdentityKey
from support_chat.desk.models.visitor import Visitor


class VisitorSession(models.Model):
    """A secret beside a visitor's own, for one browser: let in by a signed identity, or by a handle."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="sessions")
    sha256 = models.CharField(max_length=64, unique=True)
    replaced = models.CharField(max_length=64, blank=True)  # what this browser came with, as SHA-256
    key = models.ForeignKey(
        IdentityKey, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    line = models.CharField(max_length=32, blank=True, db_index=True)  # of the handle that opened it
    jti = models.CharField(max_length=128, blank=True)  # of the identity that opened it
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "jti"], condition=~models.Q(jti=""), name="one_session_an_identity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visitor}, since {self.made_at}"

from django.db import models
from django.utils import timezone

from support_chat.desk.models.visitor import Visitor


class ChatLink(models.Model):
    """A way back into a chat, sent by mail: opens it once, for a while, to whoever brings its secret."""

    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="links")
    sha256 = models.CharField(max_length=64, unique=True)  # of the secret, which nobody keeps
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_by = models.CharField(
        max_length=36, blank=True, db_default=""
    )  # client_id of the hello that opened it

    def __str__(self) -> str:
        return f"link of {self.visitor}"


class VisitorKey(models.Model):
    """Another secret of the same visitor, on another device of theirs."""

    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="keys")
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"key of {self.visitor}"

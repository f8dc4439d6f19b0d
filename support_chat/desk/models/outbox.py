from django.db import models
from django.utils import timezone

from support_chat.desk.ids import public_id
from support_chat.desk.models.site import Site


class Outbox(models.Model):
    """An effect on the world outside, written with the change that asked for it."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)  # same on every try
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="outbox")
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

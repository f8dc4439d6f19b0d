from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.ids import public_id
from support_chat.desk.models.site import Site
from support_chat.desk.models.visitor import Visitor


class Outbox(models.Model):
    """An effect on the world outside, written with the change that asked for it."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)  # same on every try
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="outbox")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, null=True, related_name="outbox")
    kind = models.CharField(max_length=40)
    payload = models.JSONField()  # {} once it is sent, or given up
    address = models.CharField(max_length=64, blank=True, db_default="")  # keyed digest: whom it goes to
    source = models.CharField(max_length=64, blank=True, db_default="")  # keyed digest: whence it was asked
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # given up
    error = models.CharField(max_length=100, blank=True, db_default="")  # of the last try

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
                name="to_be_sent",
            ),
            models.Index(fields=["site", "made_at"], name="sent_lately"),
            models.Index(fields=["address", "made_at"], name="sent_there"),
            models.Index(fields=["source", "made_at"], name="asked_from_there"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

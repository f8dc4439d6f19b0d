from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.ids import public_id
from support_chat.desk.models.site import Site
from support_chat.desk.models.user import User


class SavedFilter(models.Model):
    """Conditions on chats under a name, for whoever made it or for everybody of the site."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="filters")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="filters")
    client_id = models.UUIDField()  # that made it: sent twice it is one
    name = models.CharField(max_length=60)
    rules = models.JSONField()  # live/order_frames.py, Rules
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["made_by", "client_id"], name="one_filter_a_client_id")
        ]

    def __str__(self) -> str:
        return self.name

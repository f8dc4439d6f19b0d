from typing import ClassVar

from django.db import models

from support_chat.desk.ids import public_id
from support_chat.desk.models.queue import Queue
from support_chat.desk.models.site import Site


class CannedReply(models.Model):
    """A text that agents send often."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="canned_replies")
    queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, null=True, blank=True, related_name="canned_replies"
    )
    shortcut = models.SlugField(max_length=60)
    title = models.CharField(max_length=100)
    text = models.TextField()
    locale = models.CharField(max_length=16, default="en")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "shortcut"], name="one_reply_a_shortcut")
        ]

    def __str__(self) -> str:
        return self.title

from typing import ClassVar

from django.db import models

from support_chat.desk.ids import public_id
from support_chat.desk.models.site import Site


class Queue(models.Model):
    """Where chats of one kind wait. Its members are the agents with a membership in it."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="queues")
    name = models.CharField(max_length=100)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "name"], name="one_queue_a_name"),
            models.UniqueConstraint(
                fields=["site"], condition=models.Q(is_default=True), name="one_default_queue_a_site"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        return f"queue:{self.public_id}"

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.ids import public_id
from support_chat.desk.models.agent import Agent
from support_chat.desk.models.queue import Queue
from support_chat.desk.models.site import Site
from support_chat.desk.models.visitor import Visitor


def _salt() -> bytes:
    return secrets.token_bytes(16)


class Conversation(models.Model):
    """A projection of its log: every column below the line can be recomputed from the entries."""

    class State(models.TextChoices):
        QUEUED = "queued"
        ACTIVE = "active"
        CLOSED = "closed"

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="conversations")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="conversations")
    start_id = models.UUIDField()  # the client_id that started it
    salt = models.BinaryField(default=_salt)  # of the pseudonyms that its visitor sees
    page = models.CharField(max_length=500, blank=True)  # where it was started
    locale = models.CharField(max_length=16, blank=True)
    # ------------------------------------------------------------------ the projection
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="conversations")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="conversations")
    last_owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    sort_key = models.BigIntegerField(null=True)  # microseconds; its order in the queue while it waits
    position = models.PositiveIntegerField(default=0)  # of the last entry, counted for staff
    visible = models.PositiveIntegerField(default=0)  # the same, counted for the visitor
    mark = models.CharField(max_length=16, default="")
    visible_mark = models.CharField(max_length=16, default="")
    chain = models.CharField(max_length=64, default="")
    visible_chain = models.CharField(max_length=64, default="")
    visitor_messages = models.PositiveIntegerField(default=0)
    team_messages = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)
    last_words = models.JSONField(
        default=dict
    )  # {"role", "kind", "text", "at": microseconds} of the last message
    waiting_since = models.DateTimeField(null=True)  # the visitor's first message that nobody answered
    opened_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    first_reply_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    tags = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visitor"],
                condition=~models.Q(state="closed"),
                name="one_open_conversation_a_visitor",
            ),
            models.UniqueConstraint(fields=["visitor", "start_id"], name="started_once"),
            models.CheckConstraint(
                condition=models.Q(state="active", owner__isnull=False)
                | (~models.Q(state="active") & models.Q(owner__isnull=True)),
                name="an_owner_exactly_while_active",
            ),
            models.CheckConstraint(
                condition=models.Q(state="queued", sort_key__isnull=False)
                | (~models.Q(state="queued") & models.Q(sort_key__isnull=True)),
                name="a_sort_key_exactly_while_queued",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["queue", "sort_key", "id"], condition=models.Q(state="queued"), name="waiting"
            ),
            models.Index(fields=["owner"], condition=models.Q(state="active"), name="load"),
            models.Index(fields=["site", "-closed_at", "-id"], name="closed_newest_first"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def topic(self) -> str:
        return f"conversation:{self.public_id}"

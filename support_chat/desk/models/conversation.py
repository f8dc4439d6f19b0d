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

    class Priority(models.TextChoices):
        URGENT = "urgent"
        HIGH = "high"
        NORMAL = "normal"
        LOW = "low"

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="conversations")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="conversations")
    start_id = models.UUIDField()  # the client_id that started it
    salt = models.BinaryField(default=_salt)  # of the pseudonyms that its visitor sees
    page = models.CharField(max_length=500, blank=True)  # where it was started
    locale = models.CharField(max_length=16, blank=True)
    skills = models.JSONField(default=list, db_default=[])  # that its agent needs, beside its queue's
    reply_to = models.CharField(max_length=254, blank=True, db_default="")  # an e-mail address to answer to
    keeps_place = models.BooleanField(default=False, db_default=False)  # however long its visitor is gone
    mailed = models.PositiveIntegerField(default=0, db_default=0)  # answers were, up to this shown entry
    # ------------------------------------------------------------------ the projection
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="conversations")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="conversations")
    last_owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    priority = models.CharField(
        max_length=8, choices=Priority.choices, default=Priority.NORMAL, db_default=Priority.NORMAL
    )
    sort_key = models.BigIntegerField(null=True)  # microseconds; its order in a queue while it waits there
    place_key = models.BigIntegerField(null=True)  # the last one: where it goes back to
    place_why = models.CharField(max_length=16, blank=True, db_default="")  # why it may stand before others
    wanted_queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+")
    offered_to = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="offers")
    offered_until = models.DateTimeField(null=True)
    asked = models.JSONField(default=list, db_default=[])  # agents, by public id, who let it go, in order
    forced = models.BooleanField(default=False, db_default=False)  # given beyond its owner's capacity
    replied = models.BooleanField(default=False, db_default=False)  # its owner has, since it is theirs
    looked_at = models.DateTimeField(null=True)  # since when its owner looks something up
    reminded = models.PositiveSmallIntegerField(default=0, db_default=0)  # 1: its owner; 2: supervisors too
    team_at = models.DateTimeField(null=True)  # the team's last message
    idle_at = models.DateTimeField(null=True)  # since when it does not count: the visitor is quiet
    nudged_at = models.DateTimeField(null=True)  # when they were asked whether they are still there
    away_at = models.DateTimeField(null=True)  # since when the log says that the visitor is away
    snoozed_until = models.DateTimeField(null=True)  # its owner has put it aside; it is idle meanwhile
    woken_at = models.DateTimeField(null=True)  # since when it is back, until its owner has answered
    participants = models.JSONField(default=dict, db_default={})  # beside its owner: see participants.py
    spam = models.BooleanField(default=False, db_default=False)  # counts for nothing
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
                | models.Q(state="active", sort_key__isnull=True, wanted_queue__isnull=True)
                | models.Q(state="active", sort_key__isnull=False, wanted_queue__isnull=False)
                | models.Q(state="closed", sort_key__isnull=True),
                name="a_sort_key_exactly_while_it_waits",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed")
                | models.Q(offered_to__isnull=True, wanted_queue__isnull=True),
                name="nothing_is_wanted_of_a_closed_chat",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["queue", "sort_key", "id"], condition=models.Q(state="queued"), name="waiting"
            ),
            models.Index(fields=["owner"], condition=models.Q(state="active"), name="load"),
            models.Index(fields=["offered_to"], condition=models.Q(offered_to__isnull=False), name="offered"),
            models.Index(
                fields=["wanted_queue", "sort_key", "id"],
                condition=models.Q(wanted_queue__isnull=False),
                name="handed_over",
            ),
            models.Index(fields=["last_at"], condition=~models.Q(reply_to=""), name="answered_by_mail"),
            models.Index(
                fields=["site", "reply_to"], condition=~models.Q(reply_to=""), name="chats_by_address"
            ),
            models.Index(fields=["site", "-closed_at", "-id"], name="closed_newest_first"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def topic(self) -> str:
        return f"conversation:{self.public_id}"

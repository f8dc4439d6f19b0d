from typing import ClassVar, Final

from django.db import models

from support_chat.desk.ids import public_id
from support_chat.desk.models.site import Site
from support_chat.desk.validators import between, valid_alerts, valid_hours, valid_language, valid_skills
from support_chat.settings.chat import BACKUP_AFTER, FIRST_REPLY, OFFER_LASTS

DAY: Final = 24 * 3600  # seconds


class Queue(models.Model):
    """Where chats of one kind wait. Its members are the agents with a membership in it."""

    class Routing(models.TextChoices):
        """How a chat gets to its agent."""

        AUTOMATIC = "automatic"  # it is theirs at once
        OFFER = "offer"  # they accept or decline it
        MANUAL = "manual"  # they take it from the queue

    class Strategy(models.TextChoices):
        """Who of the eligible agents."""

        LEAST_LOADED = "least_loaded"  # the most room left, then as below
        LONGEST_IDLE = "longest_idle"  # the longest since they were given or finished anything
        ROUND_ROBIN = "round_robin"  # the longest since they were given anything

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="queues")
    name = models.CharField(max_length=100)
    is_default = models.BooleanField(default=False)
    routing = models.CharField(
        max_length=12, choices=Routing.choices, default=Routing.AUTOMATIC, db_default=Routing.AUTOMATIC
    )
    strategy = models.CharField(
        max_length=16,
        choices=Strategy.choices,
        default=Strategy.LEAST_LOADED,
        db_default=Strategy.LEAST_LOADED,
    )
    # Seconds, all of them.
    offer_lasts = models.PositiveIntegerField(
        default=OFFER_LASTS, db_default=OFFER_LASTS, validators=between(5, 600)
    )
    backup_after = models.PositiveIntegerField(
        default=BACKUP_AFTER, db_default=BACKUP_AFTER, validators=between(0, DAY)
    )
    # Between two chats for one agent.
    cool_down = models.PositiveIntegerField(default=0, db_default=0, validators=between(0, 3600))
    # From then on skills are wishes; null: never.
    relaxes_after = models.PositiveIntegerField(null=True, blank=True, validators=between(0, DAY))
    first_reply_within = models.PositiveIntegerField(
        default=FIRST_REPLY, db_default=FIRST_REPLY, validators=between(10, DAY)
    )
    # What every chat of it needs of its agent; and whether that is the visitor's language too.
    skills = models.JSONField(default=list, blank=True, db_default=[], validators=[valid_skills])
    speaks_locale = models.BooleanField(default=False, db_default=False)
    # When it is open, beside its site's hours; and how many chats may wait in it, or how many seconds the
    # first of them, before it takes no new ones.
    hours = models.JSONField(null=True, blank=True, validators=[valid_hours])
    closes_at_waiting = models.PositiveIntegerField(null=True, blank=True, validators=between(1, 10_000))
    closes_at_wait = models.PositiveIntegerField(null=True, blank=True, validators=between(60, DAY))

    # By which steps somebody is told that a chat waits; null: as desk/alerts.py has it.
    alerts = models.JSONField(null=True, blank=True, validators=[valid_alerts])
    alerts_language = models.CharField(  # of what is sent by them; "": as whoever gets it reads
        max_length=16, blank=True, default="", db_default="", validators=[valid_language]
    )

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

    @property
    def lists_topic(self) -> str:
        """The lists in which its chats may stand; for who looks at one."""
        return f"lists:{self.public_id}"

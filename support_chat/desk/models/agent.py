from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.ids import public_id
from support_chat.desk.models.change import Process
from support_chat.desk.models.site import Site
from support_chat.desk.models.user import User
from support_chat.desk.validators import between, valid_hours, valid_skills, valid_zone
from support_chat.settings.chat import DEFAULT_CAPACITY, MOST_CAPACITY


class Agent(models.Model):
    """A user who answers chats."""

    class Status(models.TextChoices):
        ONLINE = "online"
        FINISHING = "finishing"
        AWAY = "away"
        OFFLINE = "offline"

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="agent")
    # Chats at once.
    capacity = models.PositiveSmallIntegerField(
        default=DEFAULT_CAPACITY, validators=between(1, MOST_CAPACITY)
    )
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.OFFLINE)
    status_cause = models.CharField(max_length=40, default="new")
    status_at = models.DateTimeField(default=timezone.now)
    back_at = models.DateTimeField(null=True, blank=True)
    free_since = models.DateTimeField(default=timezone.now)  # since when nothing was given to them or ended
    given_at = models.DateTimeField(null=True)  # when they were last given a chat
    skills = models.JSONField(default=list, blank=True, db_default=[], validators=[valid_skills])
    missed = models.PositiveSmallIntegerField(default=0, db_default=0)  # chats in a row taken back unanswered
    status_before = models.CharField(max_length=16, blank=True, db_default="")  # before they were lost
    # When they work, in their own zone; null: whenever they are here. Nobody is rung at other times.
    hours = models.JSONField(null=True, blank=True, validators=[valid_hours])
    time_zone = models.CharField(max_length=64, default="UTC", db_default="UTC", validators=[valid_zone])
    left_at = models.DateTimeField(null=True)  # when their last console was closed, or found to be gone

    def __str__(self) -> str:
        return self.user.name

    @property
    def topic(self) -> str:
        return f"agent:{self.public_id}"


class StatusChange(models.Model):
    """Every status an agent had, with its cause: who or what set it."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="status_changes")
    status = models.CharField(max_length=16, choices=Agent.Status.choices)
    cause = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.agent} {self.status}: {self.cause}"


class AgentProfile(models.Model):
    """What visitors of a site see of an agent, and nothing else of them."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="profiles")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="profiles")
    public_name = models.CharField(max_length=60)
    picture = models.CharField(max_length=200, blank=True)  # path below STATIC_URL

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agent", "site"], name="one_profile_a_site")]

    def __str__(self) -> str:
        return self.public_name


class Presence(models.Model):
    """This process holds an open socket of this agent. True only while the process's lease lasts."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="presences")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="presences")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "process"], name="one_presence_a_process")
        ]

    def __str__(self) -> str:
        return f"{self.agent} at {self.process}"

from typing import ClassVar

from django.db import models

from support_chat.desk.ids import public_id
from support_chat.desk.models.user import User
from support_chat.desk.validators import (
    valid_colour,
    valid_hours,
    valid_invitations,
    valid_language,
    valid_masks,
    valid_origins,
    valid_prechat,
    valid_starters,
    valid_zone,
)


class Site(models.Model):
    """A website whose visitors we talk with. Every row but User belongs to one."""

    class Side(models.TextChoices):
        """Where the launcher stands, in reading direction."""

        END = "end"
        START = "start"

    public_key = models.CharField(max_length=64, unique=True, default=public_id)
    name = models.CharField(max_length=100)
    # "https://shop.example"; [] = nowhere.
    allowed_origins = models.JSONField(default=list, blank=True, validators=[valid_origins])
    # Of the widget and of letters: one of LANGUAGES; "": each visitor's own.
    locale = models.CharField(max_length=16, blank=True, default="", validators=[valid_language])
    time_zone = models.CharField(max_length=64, default="UTC", validators=[valid_zone])
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    hours = models.JSONField(null=True, blank=True, validators=[valid_hours])  # null: always open
    notice = models.CharField(max_length=300, blank=True, db_default="")  # above the visitor's text box
    paused_until = models.DateTimeField(null=True, blank=True)  # no new chats until then
    pause_text = models.CharField(max_length=300, blank=True, db_default="")
    # How the widget looks on it; empty: as we made it.
    colour = models.CharField(max_length=7, blank=True, db_default="", validators=[valid_colour])
    side = models.CharField(max_length=5, choices=Side.choices, default=Side.END, db_default=Side.END)
    welcome = models.CharField(max_length=80, blank=True, db_default="")  # before the first word
    welcome_more = models.CharField(max_length=300, blank=True, db_default="")
    starters = models.JSONField(default=list, blank=True, db_default=[], validators=[valid_starters])
    prechat = models.JSONField(null=True, blank=True, validators=[valid_prechat])  # null: nothing is asked
    invitations = models.JSONField(null=True, blank=True, validators=[valid_invitations])  # null: nobody is
    masks = models.JSONField(null=True, blank=True, validators=[valid_masks])  # null: card numbers alone
    previews = models.BooleanField(default=False, db_default=False)  # agents see what visitors type
    verified_only = models.BooleanField(default=False, db_default=False)  # who may start a chat
    mail_works_at = models.DateTimeField(
        null=True, blank=True
    )  # a test mail was sent; null: mail is not offered
    mail_error = models.CharField(max_length=100, blank=True, db_default="")  # why the last was given up
    told = models.JSONField(null=True, blank=True)  # how it stood when its visitors were last told

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        return f"site:{self.public_key}"

    @property
    def team_topic(self) -> str:
        return f"team:{self.public_key}"

    @property
    def visitors_topic(self) -> str:
        """Who is on it and has no chat; for the team."""
        return f"onsite:{self.public_key}"


class Membership(models.Model):
    """What a user may do on a site; with a queue, what they may do in that queue alone."""

    class Role(models.TextChoices):
        AGENT = "agent"
        SUPERVISOR = "supervisor"
        MANAGER = "manager"
        OWNER = "owner"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="memberships")
    queue = models.ForeignKey(
        "desk.Queue", on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=16, choices=Role.choices)
    backup = models.BooleanField(default=False, db_default=False)  # takes chats that have waited a while

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "site", "queue", "role"], name="one_membership_a_queue"),
            models.UniqueConstraint(
                fields=["user", "site", "role"], condition=models.Q(queue=None), name="one_membership_a_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.queue or self.site}"

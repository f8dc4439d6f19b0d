from typing import ClassVar

from django.db import models

from support_chat.desk.ids import public_id
from support_chat.desk.models.user import User


class Site(models.Model):
    """A website whose visitors we talk with. Every row but User belongs to one."""

    public_key = models.CharField(max_length=64, unique=True, default=public_id)
    name = models.CharField(max_length=100)
    allowed_origins = models.JSONField(default=list, blank=True)  # "https://shop.example"; [] = nowhere
    locale = models.CharField(max_length=16, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        return f"site:{self.public_key}"

    @property
    def team_topic(self) -> str:
        return f"team:{self.public_key}"


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

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "site", "queue", "role"], name="one_membership_a_queue"),
            models.UniqueConstraint(
                fields=["user", "site", "role"], condition=models.Q(queue=None), name="one_membership_a_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.queue or self.site}"

from typing import ClassVar

from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy

from support_chat.desk.ids import public_id
from support_chat.desk.models.agent import Agent
from support_chat.desk.models.queue import Queue
from support_chat.desk.models.site import Site
from support_chat.desk.models.user import User
from support_chat.desk.variables import valid_variables

LONGEST = 8000  # characters: as long as a message may be


class CannedReply(models.Model):
    """A text that agents send often: everybody of a site, those of one queue, or one agent alone."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="canned_replies")
    queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, null=True, blank=True, related_name="canned_replies"
    )
    owner = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="canned_replies"
    )  # whose alone it is
    folder = models.CharField(max_length=100, blank=True, default="", db_default="")
    shortcut = models.SlugField(max_length=60)
    title = models.CharField(max_length=100)
    text = models.TextField(validators=[MaxLengthValidator(LONGEST), valid_variables])
    locale = models.CharField(
        max_length=16,
        blank=True,
        default="",
        validators=[
            RegexValidator(
                r"\A[a-z]{2,3}(-[a-z0-9]{2,8})*\Z", gettext_lazy("Write a language as “de” or “pt-br”.")
            )
        ],
    )  # "": for chats in any language
    made_at = models.DateTimeField(null=True, blank=True)  # null: before anybody kept it
    saved = models.PositiveIntegerField(default=0, db_default=0)  # number of its newest version
    deleted_at = models.DateTimeField(null=True, blank=True)  # it can be brought back
    deleted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "shortcut", "locale"],
                condition=models.Q(owner=None, deleted_at=None),
                name="one_shared_reply_a_shortcut",
            ),
            models.UniqueConstraint(
                fields=["site", "owner", "shortcut", "locale"],
                condition=models.Q(owner__isnull=False, deleted_at=None),
                name="one_own_reply_a_shortcut",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def personal(self) -> bool:
        return self.owner_id is not None


class ReplyVersion(models.Model):
    """How a canned reply stood from a save on, and who saved it."""

    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.JSONField()  # {name: value}; a queue by its public id
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # null: nobody knows
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.reply_id}"

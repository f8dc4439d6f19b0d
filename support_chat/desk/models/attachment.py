import secrets
from typing import Any, ClassVar

from django.db import models

from support_chat.desk.ids import public_id
from support_chat.desk.models.conversation import Conversation
from support_chat.desk.models.entry import Entry
from support_chat.desk.models.site import Site


def _key() -> str:
    return secrets.token_hex(24)


class Attachment(models.Model):
    """A file that somebody put into a chat. What is kept was checked first, and pictures were made anew."""

    class State(models.TextChoices):
        CHECKING = "checking"
        READY = "ready"
        GONE = "gone"  # nobody gets it any more; its bytes are removed next

    class Kind(models.TextChoices):
        IMAGE = "image"
        PDF = "pdf"
        TEXT = "text"
        OFFICE = "office"

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="attachments")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="attachments"
    )  # null: a visitor may choose a file before there is a chat
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="attachments")
    uploader_role = models.CharField(max_length=8)
    uploader_id = models.CharField(max_length=32)  # as written: no key to anybody
    client_id = models.UUIDField()  # of the uploader's making: sending twice is sending once
    given_name = models.CharField(max_length=255)  # as it came, for nobody's screen
    given_sha256 = models.CharField(max_length=64, blank=True)  # of what came
    name = models.CharField(max_length=120)  # safe to show and to save under
    kind = models.CharField(max_length=8, choices=Kind.choices)
    type = models.CharField(max_length=100, blank=True)  # media type of what is kept
    size = models.PositiveBigIntegerField(default=0)  # bytes of what is kept
    sha256 = models.CharField(max_length=64, blank=True)  # of what is kept
    width = models.PositiveIntegerField(null=True)  # pixels, of a picture
    height = models.PositiveIntegerField(null=True)
    looks = models.BooleanField(default=False)  # it has pictures of itself, made by us
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKING)
    key = models.CharField(max_length=48, unique=True, default=_key)  # where its bytes are; told to nobody
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["uploader_role", "uploader_id", "client_id"], name="one_attachment_a_client_id"
            ),
            models.CheckConstraint(
                condition=models.Q(entry=None) | models.Q(conversation__isnull=False),
                name="an_attached_file_has_its_chat",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(state="gone"), name="attachments_to_remove"),
            models.Index(
                fields=["uploader_role", "uploader_id"],
                condition=models.Q(entry=None),
                name="attachments_not_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.public_id})"

    @property
    def facts(self) -> dict[str, Any]:
        """What an entry says of it, and an upload is answered with."""
        facts = {"id": self.public_id, "name": self.name, "kind": self.kind, "type": self.type}
        measures = {"width": self.width, "height": self.height} if self.width and self.height else {}
        return {**facts, "size": self.size, **measures, **({"looks": True} if self.looks else {})}

from django.db import models

from support_chat.desk.ids import public_id
from support_chat.desk.models.canned_reply import CannedReply


class ReplyFile(models.Model):
    """What goes with a canned reply: checked as any upload is, small enough to lie with it."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)  # safe to show and to save under
    type = models.CharField(max_length=100)  # media type
    size = models.PositiveIntegerField()  # bytes
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name

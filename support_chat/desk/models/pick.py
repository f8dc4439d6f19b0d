from typing import ClassVar

from django.db import models

from support_chat.desk.models.canned_reply import CannedReply
from support_chat.desk.models.conversation import Conversation
from support_chat.desk.models.site import Site


class Pick(models.Model):
    """An agent chose a canned reply. What the visitor had said stands in the log alone: once it is blanked
    there, nobody can learn from it again."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="picks")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="picks")
    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="picks")
    position = models.PositiveIntegerField()  # of the newest entry that the agent had before them
    typed = models.CharField(max_length=100, blank=True)  # to find it; "" when it was suggested
    edited = models.BooleanField(null=True)  # sent otherwise than it stood in the box; null: nobody said
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["site", "id"], name="picks_of_a_site"),
            models.Index(fields=["reply", "at"], name="picks_of_a_reply"),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id} in {self.conversation_id}"


class PickMemory(models.Model):
    """What a site has learnt of its picks, so that a process need not go through all of them again."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="pick_memory")
    generation = models.PositiveIntegerField(default=0)  # raised when something has to be forgotten
    learnt = models.JSONField(default=list)  # keys of the newest picks that are in it
    memory = models.BinaryField(null=True)  # agents/replies/memory.py; null: learn anew

    def __str__(self) -> str:
        return f"memory {self.generation} of {self.site_id}"

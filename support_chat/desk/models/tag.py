from typing import ClassVar

from django.db import models

from support_chat.desk.models.conversation import Conversation
from support_chat.desk.models.site import Site


class Tag(models.Model):
    """A word by which a site's staff sort their chats. It is there from the first chat that bears it."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "name"], name="one_tag_a_name")]

    def __str__(self) -> str:
        return self.name


class TaggedChat(models.Model):
    """The tags of a chat's row once more, to find chats by them: tags.py keeps both alike."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tag", "conversation"], name="a_chat_bears_a_tag_once")
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} of {self.conversation_id}"

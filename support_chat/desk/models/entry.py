from typing import ClassVar

from django.db import models

from support_chat.desk.models.conversation import Conversation


class Entry(models.Model):
    """One line of a conversation's log. Written once; the database refuses to change it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()  # 1, 2, 3 … for staff
    visible = models.PositiveIntegerField()  # how many the visitor sees up to here
    shown = models.BooleanField()  # whether the visitor sees this one
    mark = models.CharField(max_length=16)  # 64 random bits
    kind = models.CharField(max_length=24)
    author_role = models.CharField(max_length=8)
    author_id = models.CharField(max_length=32, blank=True)  # as written: no key to anybody
    author_name = models.CharField(max_length=150, blank=True)  # as staff know them
    public_name = models.CharField(max_length=60, blank=True)  # as visitors do
    at = models.DateTimeField()
    client_id = models.UUIDField(null=True)
    asked = models.CharField(max_length=32, blank=True)  # digest of the command: one id, one content
    digest = models.CharField(max_length=64)  # SHA-256 of salt and body
    chain = models.CharField(max_length=64)  # over everything staff see
    visible_chain = models.CharField(max_length=64)  # over everything the visitor sees
    visitor_messages = models.PositiveIntegerField()  # running counts, up to and with this entry
    team_messages = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "position"], name="one_entry_a_position"),
            models.UniqueConstraint(
                fields=["conversation", "visible"],
                condition=models.Q(shown=True),
                name="one_shown_entry_a_count",
            ),
            models.UniqueConstraint(
                fields=["conversation", "author_role", "author_id", "client_id"],
                condition=models.Q(client_id__isnull=False),
                name="one_entry_a_client_id",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["at"],
                condition=models.Q(kind__in=["moved", "prioritised"])
                | models.Q(kind="assigned", author_role="agent"),
                name="moved_by_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.position} {self.kind}"


class EntryBody(models.Model):
    """What was said, with its salt: can be blanked, and the log still proves it was there."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="body")
    text = models.TextField()  # JSON, exactly the bytes that were digested; "" once erased
    salt = models.BinaryField()

    def __str__(self) -> str:
        return f"body of {self.entry_id}"

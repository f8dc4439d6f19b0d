from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.models.user import User
from support_chat.desk.models.visitor import Visitor


class VisitorMerge(models.Model):
    """Somebody of the team says that two visitors are one person. It joins what the team reads, and gives
    neither of them anything of the other."""

    one = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")  # with the smaller key
    other = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=models.Q(undone_at=None),
                name="two_visitors_are_merged_once",
            ),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="the_smaller_key_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is {self.other_id}"

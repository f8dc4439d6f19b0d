from typing import ClassVar

from django.db import models


class Deadline(models.Model):
    """Something time decides. A row, never a timer in memory: it outlives any process."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)  # public id of what it is about
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="one_deadline_a_subject")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"

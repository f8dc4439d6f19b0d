from typing import ClassVar

from django.db import models

from support_chat.desk.models.site import Site


class StarterCount(models.Model):
    """How often the answer of a starter was shown on a day and helped: of nobody in particular."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="starter_counts")
    words = models.CharField(max_length=80)  # of the starter, as they were on that day
    day = models.DateField()  # in UTC
    shown = models.PositiveIntegerField(default=0)
    helped = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "words", "day"], name="one_count_a_starter_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.words} on {self.day}"

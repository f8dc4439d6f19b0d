"""The letterbox: what every transaction left for whoever missed the hint."""

from typing import ClassVar

from django.db import models


class Process(models.Model):
    """A process that writes, known by its lease: 15 s long, renewed every 5."""

    name = models.CharField(max_length=32, unique=True)
    writers = models.PositiveIntegerField(default=0)  # threads that write: name.1, name.2, …
    started_at = models.DateTimeField(auto_now_add=True)
    lease_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One a transaction: `n` counts a writer's transactions without gaps, in commit order."""

    writer = models.CharField(max_length=48)
    n = models.PositiveBigIntegerField()
    topics = models.JSONField()  # {topic: version}; 0 of what has none: list_news.py
    traces = models.JSONField(default=dict, db_default={})  # {topic: [[trace, Unix time of arrival], …]}
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["writer", "n"], name="one_change_a_turn")]

    def __str__(self) -> str:
        return f"{self.writer} {self.n}"


class Topic(models.Model):
    """The version of a state topic: raised by every transaction that changes what it tells."""

    name = models.CharField(max_length=120, primary_key=True)
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

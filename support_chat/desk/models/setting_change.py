from django.db import models
from django.utils import timezone

from support_chat.desk.models.agent import Agent
from support_chat.desk.models.queue import Queue
from support_chat.desk.models.site import Site
from support_chat.desk.models.user import User


class SettingChange(models.Model):
    """What somebody set on a site, or on a queue or an agent of it: who, when, and from what to what."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="setting_changes")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="setting_changes")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="setting_changes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField()  # {name: [before, after]}
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.by}: {', '.join(sorted(self.values))} of {self.agent or self.queue or self.site}"

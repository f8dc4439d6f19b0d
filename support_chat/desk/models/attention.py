from django.db import models

from support_chat.desk.models.agent import Agent
from support_chat.desk.validators import valid_quiet, valid_zone


class Attention(models.Model):
    """Of what an agent wants to hear and when not, as they set it themselves."""

    class Scope(models.TextChoices):
        """What sounds and is told beside the page."""

        MINE = "mine"
        QUEUE = "queue"  # and what waits in the queues that they answer
        ALL = "all"  # and whatever else they may see wait

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="attention")
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.QUEUE, db_default=Scope.QUEUE)
    # Intervals of every day, as desk/hours.py has them: nothing sounds and nothing is pushed.
    quiet = models.JSONField(default=list, blank=True, db_default=[], validators=[valid_quiet])
    time_zone = models.CharField(max_length=64, default="UTC", db_default="UTC", validators=[valid_zone])
    words = models.BooleanField(default=False, db_default=False)  # a push says what the visitor wrote

    def __str__(self) -> str:
        return f"{self.scope} of {self.agent_id}"

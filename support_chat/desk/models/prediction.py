from django.db import models

from support_chat.desk.models.conversation import Conversation


class Prediction(models.Model):
    """The first wait that a visitor was told, kept beside what happened. Seconds."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="prediction")
    at = models.DateTimeField()
    place = models.PositiveIntegerField()
    low = models.FloatField(null=True)  # null with `high`: we could not say
    high = models.FloatField(null=True)
    plain_low = models.FloatField(null=True)  # by the formula alone, without what outcomes taught
    plain_high = models.FloatField(null=True)
    waited = models.FloatField(null=True)  # from then on; null while it still waits
    served = models.BooleanField(null=True)  # False: they left first, so the wait was at least this long

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.low} to {self.high}"

from django.db import models

from support_chat.desk.ids import fingerprint
from support_chat.desk.models.visitor import Visitor


class ResumeHandle(models.Model):
    """What the page keeps for a visitor whose browser keeps nothing for us: the newest of a line."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="handles")
    line = models.CharField(max_length=32, unique=True)  # how each of them begins
    sha256 = models.CharField(max_length=64, blank=True)  # "": the newest was used
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.visitor}, {self.line}"

    def is_known_by(self, handle: str) -> bool:
        return self.sha256 == fingerprint(handle)

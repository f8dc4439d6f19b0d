from django.db import models

from support_chat.desk.models.user import User


class ApiToken(models.Model):
    """A program's key to act as a user: kept as SHA-256, revocable, for what its scopes name."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)  # "chat": the agents' socket
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

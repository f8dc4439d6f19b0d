from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from support_chat.desk.ids import public_id
from support_chat.desk.models.site import Site
from support_chat.desk.models.user import User


class IdentityKey(models.Model):
    """What a website signs with when it says who its visitor is. Several are good at once, so that one can be
    replaced by another without a gap."""

    class Algorithm(models.TextChoices):
        HS256 = "HS256"
        ES256 = "ES256"
        RS256 = "RS256"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="identity_keys")
    key_id = models.CharField(max_length=32, unique=True, default=public_id)  # the header's "kid"
    algorithm = models.CharField(max_length=8, choices=Algorithm.choices, default=Algorithm.HS256)
    public_key = models.TextField(blank=True)  # PEM; "" for HS256
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.algorithm} {self.key_id}"

    def secret(self) -> str:
        """256 bits of HS256, made of the server's own secret key: no table and no backup of one holds it."""
        return salted_hmac("support_chat.identity", self.key_id, algorithm="sha256").hexdigest()

    @property
    def verifies_with(self) -> str:
        return self.secret() if self.algorithm == self.Algorithm.HS256 else self.public_key

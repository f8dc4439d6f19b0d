from typing import ClassVar

from django.db import models
from django.utils import timezone

from support_chat.desk.ids import public_id
from support_chat.desk.models.site import Site


class Visitor(models.Model):
    """Somebody who opened the widget; known to us by a secret that we keep only as SHA-256."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="visitors")
    token_sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)  # speakable, ours; never two alike on a site
    locale = models.CharField(max_length=16, blank=True)
    page = models.CharField(max_length=500, blank=True)  # without query and fragment
    here = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=timezone.now)  # since when `here` is as it is
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "name"], name="no_two_visitors_alike")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        return f"visitor:{self.public_id}"

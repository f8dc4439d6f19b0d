from django.db import models

from support_chat.desk.models.site import Site


class Logo(models.Model):
    """A small picture of a site, shown in the head of its panel."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="logo")
    kind = models.CharField(max_length=20)  # as in "image/png", seen in the bytes themselves
    digest = models.CharField(max_length=64)  # SHA-256
    image = models.BinaryField()

    def __str__(self) -> str:
        return f"Logo of {self.site}"

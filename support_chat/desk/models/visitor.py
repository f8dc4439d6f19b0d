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
    # whence they came to the site, without query and fragment
    referrer = models.CharField(max_length=200, blank=True, db_default="")
    trail = models.JSONField(
        default=list, db_default=[]
    )  # of the last pages, {"page", "at"}, the newest last
    hidden = models.BooleanField(default=False, db_default=False)  # another tab is before ours
    zone = models.CharField(max_length=64, blank=True, db_default="")  # of their clocks, as IANA calls it
    device = models.CharField(
        max_length=60, blank=True, db_default=""
    )  # "phone/Firefox/Android", no more of it
    note = models.TextField(blank=True, db_default="")  # of the team about them; no visitor ever reads it
    here = models.BooleanField(default=False)
    process = models.CharField(max_length=32, blank=True, db_default="")  # that held a socket of theirs last
    phone = models.BooleanField(default=False, db_default=False)  # phones leave and come back more
    seen_at = models.DateTimeField(default=timezone.now)  # since when `here` is as it is
    source = models.CharField(max_length=48, blank=True, db_default="")  # network address, hashed: sources.py
    blocked_until = models.DateTimeField(null=True, blank=True)  # the last end of the blocks that hit them
    forgotten_at = models.DateTimeField(null=True, blank=True)  # when they ended it all on a shared device
    created_at = models.DateTimeField(default=timezone.now)
    # ------------------------------------------------------------------ as their website has signed it
    subject = models.CharField(max_length=255, blank=True, db_default="")  # their id there; "": nobody knows
    full_name = models.CharField(max_length=60, blank=True, db_default="")
    email = models.CharField(max_length=254, blank=True, db_default="")
    attributes = models.JSONField(default=dict, db_default={})
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # ------------------------------------------------------------------ as the page says, unproven
    claimed = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "name"], name="no_two_visitors_alike"),
            models.UniqueConstraint(
                fields=["site", "subject"], condition=~models.Q(subject=""), name="one_visitor_a_subject"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "source"], condition=~models.Q(source=""), name="of_one_source"),
            models.Index(fields=["process"], condition=models.Q(here=True), name="who_is_here_by_process"),
            models.Index(
                fields=["site", "-seen_at"], condition=models.Q(here=True), name="visitors_on_the_site"
            ),
            models.Index(fields=["site", "email"], condition=~models.Q(email=""), name="visitors_by_email"),
            models.Index(
                fields=["forgotten_at"], condition=models.Q(forgotten_at__isnull=False), name="forgotten"
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """As they are shown: by the name that was signed, else by the one we gave them."""
        return self.full_name or self.name

    @property
    def is_verified(self) -> bool:
        return bool(self.subject)

    @property
    def topic(self) -> str:
        return f"visitor:{self.public_id}"

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who signs in. Deactivated when they leave, never deleted: the log names them."""

    language = models.CharField(max_length=16, blank=True, db_default="")  # they read; "": their browser's
    undo_send = models.PositiveSmallIntegerField(null=True, blank=True)  # seconds; None: never chosen
    share_drafts = models.BooleanField(default=True, db_default=True)  # colleagues read what they write
    keys = models.JSONField(default=dict, blank=True, db_default={})  # of theirs, by action of the console

    @property
    def name(self) -> str:
        return self.get_full_name() or self.username

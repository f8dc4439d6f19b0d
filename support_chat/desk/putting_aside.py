"""Chats that their agents have put aside for a while.

They do not count with their agent, as idle ones do not, and are not taken from who goes offline: whoever puts
a chat aside until tomorrow may go home. Unless its visitor waits for an answer.
"""

from typing import Final

from django.db.models import Q

SNOOZED: Final = "snooze"  # the deadline of a chat that is put aside
PUT_ASIDE: Final = Q(snoozed_until__isnull=False, waiting_since=None)
EYED_AGAIN: Final = 30  # seconds until it is looked again whether an agent who was offline is back
LONGEST: Final = 366  # days that a chat can be put aside

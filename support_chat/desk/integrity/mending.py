"""Rows that do not follow from their logs any more, as after a release that knew fewer of their columns."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from support_chat.desk.models import Conversation
from support_chat.desk.projection import MOVED
from support_chat.desk.tags import keep_tags

# What a log says of a chat's present. Counts, positions and chains are never written anew: they are proof.
MENDABLE: Final = {*MOVED, "replied", "reminded", "team_at", "waiting_since", "first_reply_at"}


def mend(row: Conversation, made: Mapping[str, Any]) -> bool:
    """Write what follows from its log into this row, unless its log has grown since it was read."""
    columns = {name: value for name, value in made.items() if name in MENDABLE}
    with transaction.atomic():
        held = Conversation.objects.select_for_update(no_key=True).filter(pk=row.pk, position=row.position)
        if not held.first() or not Conversation.objects.filter(pk=row.pk).update(**columns):
            return False
        if "tags" in columns:
            keep_tags(held)
    return True

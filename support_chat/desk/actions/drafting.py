"""What an agent has begun to write is kept for their other windows and devices, and for nobody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from support_chat.desk.database_time import database_now
from support_chat.desk.events import DraftChanged, encoded
from support_chat.desk.masking import masked
from support_chat.desk.models import Agent, Conversation, KeptDraft
from support_chat.desk.site_masks import masks_for
from support_chat.desk.telling import tell_now
from support_chat.live.news import News
from support_chat.settings.chat import DRAFTS_REMEMBERED


@dataclass(frozen=True, slots=True)
class Drafted:
    """`later`: what another window had saved since, where this one was not kept."""

    version: int
    later: str | None = None


def save_draft(
    *, agent: Agent, conversation: Conversation, mode: str, text: str, version: int | None = None
) -> Drafted:
    """Keep this instead of what was begun in this box. `version` is of the draft that it was made of: when
    there is a newer one, that stays. Without it the last one holds. The chat is theirs to read."""
    with transaction.atomic(durable=True):
        now = database_now()
        rows = KeptDraft.objects.select_for_update(no_key=True)
        row, _ = rows.get_or_create(agent=agent, conversation=conversation, mode=mode, defaults={"at": now})
        if version is not None and version < row.version:
            return Drafted(row.version, row.text)
        row.text, row.at = masked(text, masks_for(conversation.site_id)), now
        row.version = max(row.version, version or 0) + 1
        row.save(update_fields=["text", "at", "version"])
        if text == "":
            _forget_sent(agent, before=now - timedelta(seconds=DRAFTS_REMEMBERED))
    _tell(agent, conversation, row)
    return Drafted(row.version)


def forget_drafts(*, conversations: Collection[int]) -> None:
    """Whatever was begun in these chats: for whoever asks to be forgotten."""
    KeptDraft.objects.filter(conversation__in=conversations).delete()


def _forget_sent(agent: Agent, *, before: datetime) -> None:
    KeptDraft.objects.filter(agent=agent, text="", at__lt=before).delete()


def _tell(agent: Agent, conversation: Conversation, row: KeptDraft) -> None:
    """Their own windows alone. It may get lost: whoever opens the chat reads it anew."""
    changed = DraftChanged(
        conversation=conversation.public_id, mode=row.mode, text=row.text, version=row.version
    )
    ear = f"staff:{agent.public_id}"
    tell_now(News(topic=agent.topic, version=0, frames={ear: (encoded(changed),)}))

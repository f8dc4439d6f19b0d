"""What agents choose among canned replies, for their site to learn from; and forgetting it."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db import transaction
from django.db.models import F

from support_chat.desk.access import Staff, permit
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotFound
from support_chat.desk.library import canned_replies_for
from support_chat.desk.locks import lock_conversation
from support_chat.desk.masking import masked
from support_chat.desk.models import Conversation, Pick, PickMemory
from support_chat.desk.site_masks import masks_for

TYPED: Final = 100  # characters: who types more has written the reply themselves
PICKS_A_CHAT: Final = 100  # more is no help to anybody, and a program that picks for ever fills no disk


def pick_reply(
    *, staff: Staff, conversation: int, reply: str, typed: str, position: int, edited: bool | None = None
) -> None:
    """An agent sent this reply in a chat that is theirs, having typed this to find it while `position` was
    the newest they knew; `edited`: not as it stood in the box, where that is known. What is told again of the
    same place is one pick."""
    with transaction.atomic(durable=True):
        row, _ = lock_conversation(conversation)
        permit(staff, row, "post")
        chosen = canned_replies_for(staff).filter(site=row.site_id, public_id=reply).first()
        if chosen is None:
            raise NotFound
        here = Pick.objects.filter(conversation=row)
        if here.count() >= PICKS_A_CHAT:
            return
        hidden = masked(typed.strip(), masks_for(row.site_id))
        words = {"typed": hidden[:TYPED], "at": database_now(), "site_id": row.site_id}
        words["edited"] = edited
        place = min(position, row.position)
        Pick.objects.get_or_create(conversation=row, reply=chosen, position=place, defaults=words)


def forget_picks(*, conversations: Collection[int]) -> None:
    """What was typed in these chats is deleted, and their sites learn anew from what remains: for whoever
    blanks what was said in them."""
    with transaction.atomic():
        rows = Pick.objects.filter(conversation__in=conversations)
        sites = sorted(set(rows.values_list("site", flat=True)))
        rows.delete()
        _learn_anew(sites)


def unlearn(*, conversation: Conversation, since: int, said_otherwise: bool = False) -> None:
    """What was said there is taken back: what was picked after it is forgotten, if anything was. Or it is
    `said_otherwise`: then the site learns anew from what the log holds still. The caller holds the chat."""
    if not Pick.objects.filter(conversation=conversation, position__gte=since).exists():
        return
    if said_otherwise:
        _learn_anew([conversation.site_id])
    else:
        forget_picks(conversations=[conversation.pk])


def _learn_anew(sites: Collection[int]) -> None:
    for site in sites:
        PickMemory.objects.get_or_create(site_id=site)
    PickMemory.objects.filter(site__in=sites).update(generation=F("generation") + 1, memory=None, learnt=[])


def keep_memory(*, site: int, generation: int, learnt: Sequence[int], memory: bytes) -> bool:
    """Keep what a process has learnt, unless something had to be forgotten meanwhile, or another process
    knows more. Whether it was kept."""
    with transaction.atomic(durable=True):
        PickMemory.objects.get_or_create(site_id=site)
        row = PickMemory.objects.select_for_update(no_key=True).defer("memory").get(site_id=site)
        if row.generation != generation or max(row.learnt, default=0) >= max(learnt, default=0):
            return False
        row.learnt, row.memory = list(learnt), memory
        row.save(update_fields=["learnt", "memory"])
    return True

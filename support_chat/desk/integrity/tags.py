"""What chats are found by against what their rows say."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from support_chat.desk.integrity.report import Findings
from support_chat.desk.models import Conversation, TaggedChat

TAGS: Final = "a chat is found by the tags of its row, and by no others"
CHATS_AT_ONCE: Final = 1_000


def check_tags(findings: Findings) -> None:
    """Walks through all chats by id, a chunk at a time."""
    rows = Conversation.objects.order_by("pk").values_list("pk", flat=True)
    last = 0
    findings.looked(TAGS, 0)
    while chunk := list(rows.filter(pk__gt=last)[:CHATS_AT_ONCE]):
        wrong = _different(_different(chunk))  # whoever was tagged while we looked is looked at again
        findings.looked(TAGS, len(chunk))
        for public_id in wrong.values():
            findings.note(TAGS, holds=False, where=f"chat {public_id}", checked=0)
        last = chunk[-1]


def _different(chats: Collection[int]) -> dict[int, str]:
    """By key, the public ids of those of these that do not agree."""
    rows = Conversation.objects.filter(pk__in=chats).values_list("pk", "public_id", "tags")
    borne = {pk: (public_id, set(tags)) for pk, public_id, tags in rows}
    found: defaultdict[int, set[str]] = defaultdict(set)
    tagged = TaggedChat.objects.filter(conversation__in=chats)
    for chat, name in tagged.values_list("conversation", "tag__name"):
        found[chat].add(name)
    return {pk: public_id for pk, (public_id, tags) in borne.items() if found[pk] != tags}

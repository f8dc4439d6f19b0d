"""Where agents are named: in notes by "@" and their whole name, and in what supervisors whisper to them."""

import re
from collections.abc import Collection
from typing import Any, Final

from support_chat.desk.access import agents_who_read, conversations_for_staff, staff_of
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed
from support_chat.desk.events import MentionsChanged
from support_chat.desk.models import Agent, Conversation, Mention
from support_chat.settings.chat import EXCERPT, MENTIONED, MENTIONS_LISTED

_SPACES: Final = re.compile(r"\s+")


def named_in(row: Conversation, text: str) -> list[Agent]:
    """The agents whom this note names, of those who may read the chat; nobody else is found by it."""
    if "@" not in text:
        return []
    named = names_in(text, {agent.public_id: agent.user.name for agent in agents_who_read(row)})
    return list(Agent.objects.filter(public_id__in=named).select_related("user").order_by("pk")[:MENTIONED])


def names_in(text: str, names: dict[str, str]) -> set[str]:
    """Whose of these names stand in a text behind an "@", by their keys. Of "@Ana Costa Silva" Ana Costa is
    not meant, where both are there. Pure."""
    said = _plain(text)
    found: set[str] = set()
    for name in sorted({_plain(each) for each in names.values()}, key=len, reverse=True):
        at = re.compile(rf"(?<!\w)@{re.escape(name)}(?!\w)")
        if name and at.search(said):
            found |= {key for key, each in names.items() if _plain(each) == name}
            said = at.sub(" ", said)
    return found


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip().casefold()


def mentions_told(agent: Agent) -> MentionsChanged:
    """How many they have not seen, and the newest, without what they may not read any more."""
    keys = Mention.objects.filter(agent=agent).order_by("-pk").values_list("pk", flat=True)[:MENTIONS_LISTED]
    newest = _readable(agent, _whole(list(keys)))
    return MentionsChanged(
        unread=sum(each.seen_at is None for each in newest), mentions=[_form(each) for each in newest]
    )


def _whole(keys: Collection[int]) -> list[Mention]:
    """These, the newest first; most of those who arrive have none."""
    if not keys:
        return []
    beside = ("entry__body", "entry__conversation__visitor", "entry__conversation__queue")
    return list(Mention.objects.filter(pk__in=keys).select_related(*beside).order_by("-pk"))


def _readable(agent: Agent, mentions: Collection[Mention]) -> list[Mention]:
    if not mentions:
        return []
    try:
        staff = staff_of(agent.user)
    except NotAllowed:
        return []
    chats = {each.entry.conversation.public_id for each in mentions}
    theirs = {row.pk for row in conversations_for_staff(staff, chats)}
    return [each for each in mentions if each.entry.conversation_id in theirs]


def _form(mention: Mention) -> dict[str, Any]:
    entry = mention.entry
    return {
        "conversation": entry.conversation.public_id,
        "position": entry.position,
        "kind": entry.kind,
        "visitor": entry.conversation.visitor.called,
        "by": {"id": entry.author_id, "name": entry.author_name},
        "text": str(body_of(entry).get("text", ""))[:EXCERPT],
        "ago": round(max(0.0, (database_now() - entry.at).total_seconds()), 1),
        "seen": mention.seen_at is not None,
    }

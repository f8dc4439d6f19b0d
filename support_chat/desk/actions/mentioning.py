"""Who is named in a note, or whispered to, is told at once, and finds it again until they have seen it."""

from collections.abc import Sequence

from support_chat.desk.database_time import database_now
from support_chat.desk.lines import Kept
from support_chat.desk.mentions import mentions_told
from support_chat.desk.models import Agent, Conversation, Entry, Mention
from support_chat.desk.telling import Telling


def mention(telling: Telling, agents: Sequence[Agent], entry: Kept) -> None:
    """Leave each of them this entry, which has just been written."""
    if not agents:
        return
    row = Entry.objects.get(conversation=entry.conversation_id, position=entry.position)
    Mention.objects.bulk_create([Mention(agent=agent, entry=row) for agent in agents])
    for agent in agents:
        telling.state(agent.topic, {"staff": (mentions_told(agent),)})


def see_mentions(*, agent: Agent, conversation: Conversation, position: int) -> None:
    """They have seen what names them in this chat, up to this entry. The chat is theirs to read."""
    with Telling() as telling:
        rows = Mention.objects.filter(agent=agent, seen_at=None, entry__conversation=conversation)
        if rows.filter(entry__position__lte=position).update(seen_at=database_now()):
            telling.state(agent.topic, {"staff": (mentions_told(agent),)})

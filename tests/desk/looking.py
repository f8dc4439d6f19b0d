"""One look at one chat."""

from support_chat.desk.history import View
from support_chat.desk.models import Conversation
from support_chat.desk.readings import Look, Reading, read_chats


def look(chat: Conversation, view: View, *, after: int | None = None, mark: str | None = None) -> Reading:
    return read_chats([Look(chat=chat.pk, view=view, after=after, mark=mark)])[0]

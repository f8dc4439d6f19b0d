"""Typing, and what a visitor is typing: told once, kept nowhere."""

from msgspec.structs import replace

from support_chat.desk.audiences import pseudonym
from support_chat.desk.events import Typing, encoded
from support_chat.desk.lines import Author
from support_chat.desk.masking import masked_preview
from support_chat.desk.models import Conversation
from support_chat.desk.telling import tell_now
from support_chat.live.news import News


def set_typing(
    conversation: Conversation,
    author: Author,
    *,
    typing: bool,
    mode: str,
    preview: str,
    at: int,
    visible: int,
) -> None:
    """Somebody types, or stopped. Their own other windows do not hear it, nor the visitor that of a note.

    `at` and `visible` say after which entry, as staff and as the visitor count.
    """
    told = Typing(
        conversation=conversation.public_id,
        author={"role": author.role, "id": author.id, "name": author.name},
        typing=typing,
        position=at,
        mode=mode,
        preview=masked_preview(preview),
    )
    frames: dict[str, tuple[str, ...]] = {"staff": (encoded(told),)}
    if author.role == "agent":
        frames[f"staff:{author.id}"] = ()
        if mode == "reply":
            face = {"role": "agent", "id": pseudonym(conversation, author.id), "name": author.public_name}
            frames["visitor"] = (encoded(replace(told, author=face, position=visible, mode="", preview="")),)
    tell_now(News(topic=conversation.topic, version=0, frames=frames))

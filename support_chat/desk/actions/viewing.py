"""Which colleague has a chat before them: told once, kept nowhere."""

from collections.abc import Iterable

from msgspec.structs import replace

from support_chat.desk.events import Viewing, encoded
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.participants import named
from support_chat.desk.telling import tell_now
from support_chat.live.news import News


def look_at(
    conversation: Conversation,
    agent: Agent,
    lists: Iterable[str],
    *,
    viewing: bool,
    asks: bool = False,
    shares: bool = False,
    reads: str | None = None,
) -> None:
    """An agent looks at this chat, or turned away: told to who has it open, and with these topics of lists.
    Their own windows do not hear it, and no visitor does.

    `shares`: colleagues may read what they write. `reads`: the agent whose writing they read, who alone is
    told so.
    """
    told = Viewing(conversation=conversation.public_id, agent=named(agent), viewing=viewing, shares=shares)
    _tell(conversation.topic, agent, replace(told, asks=asks and viewing), reads)
    for topic in lists:
        _tell(topic, agent, told, reads)


def _tell(topic: str, agent: Agent, told: Viewing, reads: str | None) -> None:
    frames: dict[str, tuple[str, ...]] = {"staff": (encoded(told),)}
    if reads is not None:
        frames[f"staff:{reads}"] = (encoded(replace(told, reads=True)),)
    frames[f"staff:{agent.public_id}"] = ()
    tell_now(News(topic=topic, version=0, frames=frames))

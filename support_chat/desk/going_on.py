"""From where a listener goes on that knows something already: by position in a log, by version in a state."""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from support_chat.desk.models import Conversation, Entry
from support_chat.desk.source import STEPS, versions_of

MOST_CHATS: Final = 200  # a visitor may have had; a console opens fewer


class Start(NamedTuple):
    """Known are `at`, as staff count, and of it `visible`, as the visitor does; `now` is how far it goes."""

    at: int
    visible: int | None
    now: int


def chats_named(topics: Collection[str]) -> list[str]:
    """The public ids of the conversations that these topics belong to, each once."""
    parted = [topic.split(":") for topic in topics]
    names = [parts[1] for parts in parted if parts[0] in {"conversation", "read"} and len(parts) > 1]
    return list(dict.fromkeys(names))[:MOST_CHATS]


def visitors_named(topics: Collection[str]) -> list[str]:
    """The public ids of the visitors among these topics."""
    return [topic.partition(":")[2] for topic in topics if topic.startswith("visitor:")][:MOST_CHATS]


def topics_beside(chat: Conversation) -> list[str]:
    """What goes with a conversation."""
    return [f"read:{chat.public_id}:visitor", f"read:{chat.public_id}:agent"]


def starts_of(
    heads: Mapping[str, int], chats: Collection[Conversation], *, visitor: bool
) -> dict[str, Start]:
    """By topic. A log that is behind what they know, or further ahead than one reading tells, starts at its
    end: they see by the number that they have to resume. Any other such topic is told whole."""
    logs = {chat.topic: chat for chat in chats}
    states = [topic for topic in heads if topic not in logs]
    starts = {topic: _in_state(heads[topic], now) for topic, now in versions_of(states).items()}
    for topic in heads:
        if topic in logs:
            starts[topic] = _in_log(logs[topic], heads[topic], visitor=visitor)
    return starts


def _in_state(known: int, now: int) -> Start:
    return Start(known if known <= now else 0, None, now)


def _in_log(chat: Conversation, known: int, *, visitor: bool) -> Start:
    chat.refresh_from_db(fields=["position", "visible"])
    end = Start(chat.position, chat.visible, chat.position)
    if known == 0 and chat.position <= STEPS:
        return Start(0, 0, chat.position)
    rows = Entry.objects.filter(conversation=chat, position__gte=chat.position - STEPS)
    known_to = rows.filter(shown=True, visible=known) if visitor else rows.filter(position=known)
    found = known_to.values_list("position", "visible").first()
    return Start(*found, chat.position) if found else end

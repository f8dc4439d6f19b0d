"""From where a listener goes on that knows something already: by position in a log, by version in a state."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from support_chat.desk.models import Conversation, Entry
from support_chat.desk.source import STEPS, versions_of

MOST_CHATS: Final = 50  # in one stream; a console opens no more, and a visitor has had fewer


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
    logs = {chat.topic: chat for chat in chats if chat.topic in heads}
    states = [topic for topic in heads if topic not in logs]
    starts = {topic: _in_state(heads[topic], now) for topic, now in versions_of(states).items()}
    return starts | _in_logs(heads, logs, visitor=visitor)


def _in_state(known: int, now: int) -> Start:
    return Start(known if known <= now else 0, None, now)


def _in_logs(
    heads: Mapping[str, int], logs: Mapping[str, Conversation], *, visitor: bool
) -> dict[str, Start]:
    """Two questions, however many they are: where each one ends, and where it is known to."""
    keys = [chat.pk for chat in logs.values()]
    ends = {pk: ends for pk, *ends in _counts(Conversation.objects.filter(pk__in=keys), "pk")}
    known_to = Q(pk=None)
    for topic, chat in logs.items():
        count = {"shown": True, "visible": heads[topic]} if visitor else {"position": heads[topic]}
        known_to |= Q(conversation=chat.pk, **count)
    found = {pk: known for pk, *known in _counts(Entry.objects.filter(known_to), "conversation")}
    nothing = {chat.pk: [0, 0] for topic, chat in logs.items() if heads[topic] == 0}
    return {topic: _start(ends[chat.pk], (nothing | found).get(chat.pk)) for topic, chat in logs.items()}


def _counts(rows: QuerySet[Any], key: str) -> Iterable[tuple[int, int, int]]:
    return rows.values_list(key, "position", "visible")


def _start(end: Sequence[int], known: Sequence[int] | None) -> Start:
    position, visible = end
    if known is None or position - known[0] > STEPS:
        return Start(position, visible, position)
    return Start(known[0], known[1], position)

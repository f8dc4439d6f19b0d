"""The database against the file: every message, by SQL, byte for byte."""

import itertools
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec
from django.db import connection
from django.db.models import UUIDField

from support_chat.desk.models import Site
from support_chat.desk.replay.recording import RecordedChat
from support_chat.desk.replay.score import Difference, compare

CHATS_AT_ONCE = 200  # a question of the database; some 3,500 messages

_MESSAGES = """
SELECT c.start_id, e.author_role, e.client_id, b.text
FROM desk_conversation c
JOIN desk_entry e ON e.conversation_id = c.id
JOIN desk_entrybody b ON b.entry_id = e.id
WHERE c.site_id = %s AND c.start_id IN ({marks}) AND e.kind = 'message'
ORDER BY c.id, e.position
"""

Message = tuple[str, uuid.UUID, bytes]


@dataclass(slots=True)
class Verdict:
    """Chats and messages of the file, and how the database differs from them."""

    chats: int = 0
    messages: int = 0
    strangers: int = 0  # chats on the site that the file does not have
    wrong: Difference = field(default_factory=Difference)
    examples: list[int] = field(default_factory=list)  # lines of the file

    def passed(self) -> bool:
        return not self.wrong and not self.strangers

    def lines(self) -> list[str]:
        wrong = self.wrong
        report = [
            f"in the database: {self.messages} messages of {self.chats} chats compared byte for byte",
            f"  lost {wrong.lost}, doubled or changed {wrong.doubled}, out of order {wrong.out_of_order}",
            f"  chats that are not in the file {self.strangers}",
        ]
        if self.examples:
            report.append(f"first lines of the file that differ: {', '.join(map(str, self.examples[:10]))}")
        return report


def verify(site: Site, chats: Iterable[RecordedChat]) -> Verdict:
    """Compares every chat of the recording with what the site's log holds under its ids."""
    verdict = Verdict()
    for batch in _batches(chats):
        found = _found(site, [chat.start_id for chat in batch])
        for chat in batch:
            _judge(verdict, chat, found.get(chat.start_id, []))
    verdict.strangers = max(0, site.conversations.count() - verdict.chats)
    return verdict


def _judge(verdict: Verdict, chat: RecordedChat, found: list[Message]) -> None:
    expected: list[Message] = [
        (line.sender, chat.client_id(index), line.text.encode()) for index, line in enumerate(chat.lines)
    ]
    difference = compare(expected, found)
    verdict.chats += 1
    verdict.messages += len(expected)
    verdict.wrong += difference
    if difference:
        verdict.examples.append(chat.number)


def _found(site: Site, starts: list[uuid.UUID]) -> dict[uuid.UUID, list[Message]]:
    wanted = [UUIDField().get_db_prep_value(start, connection) for start in starts]
    messages: dict[uuid.UUID, list[Message]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGES.format(marks=", ".join(["%s"] * len(wanted))), [site.pk, *wanted])
        for start, role, client_id, body in cursor:
            text = msgspec.json.decode(body)["text"] if body else ""
            messages.setdefault(_uuid(start), []).append((role, _uuid(client_id), text.encode()))
    return messages


def _uuid(value: object) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))


def _batches(chats: Iterable[RecordedChat]) -> Iterator[list[RecordedChat]]:
    rest = iter(chats)
    while batch := list(itertools.islice(rest, CHATS_AT_ONCE)):
        yield batch

"""The file that is played: one chat a line, as JSON, optionally gzipped.

    {"started": 1589375697, "messages": [{"at": 0, "from": "visitor", "text": "…"}, …]}

`started` is in Unix seconds, `at` in seconds after it. Other fields are passed over.
"""

import gzip
import hashlib
import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec


class Line(msgspec.Struct, frozen=True):
    """One message."""

    at: float
    sender: Literal["visitor", "agent"] = msgspec.field(name="from")
    text: str


class _Record(msgspec.Struct, frozen=True):
    started: float
    messages: list[Line]


@dataclass(frozen=True, slots=True)
class RecordedChat:
    """A chat with the ids its messages are posted under: the same in every run of the same file."""

    number: int  # its line in the file, from 1
    started: float
    lines: list[Line]
    family: uuid.UUID

    def client_id(self, index: int | str) -> uuid.UUID:
        """The id of the message at `index`, or of a command by its name."""
        return uuid.uuid5(self.family, f"{self.number}/{index}")

    @property
    def start_id(self) -> uuid.UUID:
        """The id that starts the chat: the first message's where that is the visitor's."""
        return self.client_id(0 if self.opens_with_words else "start")

    @property
    def opens_with_words(self) -> bool:
        return bool(self.lines) and self.lines[0].sender == "visitor"


class UnreadableError(Exception):
    """A line is not a chat of this shape; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A file of chats. `digest` is of its content, so a copy under another name is the same recording."""

    path: Path
    digest: str
    chats: int

    @classmethod
    def open(cls, path: Path, limit: int | None = None) -> "Recording":
        """Raises OSError, and UnreadableError for what is no gzip where it says so."""
        digest = hashlib.sha256()
        chats = 0
        for line in _lines(path):
            digest.update(line)
            chats += bool(line.strip())
        return cls(path, digest.hexdigest(), chats if limit is None else min(chats, limit))

    def __iter__(self) -> Iterator[RecordedChat]:
        family = uuid.uuid5(uuid.NAMESPACE_OID, self.digest)
        decoder = msgspec.json.Decoder(_Record)
        for number, line in itertools.islice(_numbered(self.path), self.chats):
            try:
                record = decoder.decode(line)
            except msgspec.DecodeError as error:
                raise UnreadableError(f"line {number} of {self.path}: {error}") from error
            yield RecordedChat(number, record.started, record.messages, family)


def _numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(_lines(path), 1) if line.strip())


def _lines(path: Path) -> Iterator[bytes]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            yield from file
    except (gzip.BadGzipFile, EOFError) as error:
        raise UnreadableError(f"{path} is not a whole gzip file: {error}") from error

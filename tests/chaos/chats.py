"""What is said: chats from a file, or made up from a seed, so that nothing but this folder is needed."""

import itertools
import random
import uuid
from collections.abc import Iterator
from pathlib import Path

from support_chat.desk.replay.recording import Line, RecordedChat, Recording

LINES = (4, 14)  # of a chat, fewest and most
OPENINGS = ("Hello", "  Hi there  ", "Where is my order?", "It broke.\n\nAgain.", "Você pode ajudar?", "👋🏽")
WORDS = (
    "the parcel",
    "my card",
    "tomorrow",
    "a refund",
    "\tnot yet",
    "order 4711",
    "why?",
    "thanks for it ",
    "é ñ 漢字",
)


def chats_of(path: Path | None, seed: int) -> Iterator[RecordedChat]:
    """Chats without end: of the file, from a place that the seed chooses, or else made up."""
    if path is None:
        yield from made_up(seed)
    recording = Recording.open(path or Path())
    begin = random.Random(seed).randrange(max(1, recording.chats))
    while True:
        yield from itertools.islice(recording, begin, None)
        begin = 0


def made_up(seed: int) -> Iterator[RecordedChat]:
    """The same chats for the same seed, paced as people are."""
    family = uuid.uuid5(uuid.NAMESPACE_OID, f"chaos {seed}")
    for number in itertools.count(1):
        chance = random.Random(f"{seed}/{number}")
        yield RecordedChat(number, 0.0, list(_lines(chance)), family)


def _lines(chance: random.Random) -> Iterator[Line]:
    at = 0.0
    for index in range(chance.randint(*LINES)):
        at += chance.expovariate(1 / 15)
        sender = "visitor" if index == 0 or chance.random() < 0.5 else "agent"
        text = chance.choice(OPENINGS) if index == 0 else _sentence(chance)
        yield Line(at, sender, text)


def _sentence(chance: random.Random) -> str:
    if chance.random() < 0.03:
        return chance.choice(WORDS) * 600  # longer than a hint carries
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 12)))

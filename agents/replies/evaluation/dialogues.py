"""Recorded chats, one a line: `canned` names a message's reply, `typed` is what was typed to find it."""

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from agents.replies.learner import Choice
from agents.replies.moment import Moment

Dialogue = Mapping[str, Any]
Texts = dict[str, list[str]]  # by reply, what it says

TEXTS: Final = 3  # of a reply without a catalogue: those that were sent most
FOLDS: Final = 5


def read(path: Path) -> list[Dialogue]:
    """JSON lines, compressed or not."""
    stored = path.read_bytes()
    text = gzip.decompress(stored) if path.suffix == ".gz" else stored
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def fold_of(dialogue: Dialogue) -> int:
    return int(hashlib.sha256(str(dialogue["id"]).encode()).hexdigest(), 16) % FOLDS


def catalogue(path: Path) -> Texts:
    """Task → name → text, as one list of texts a name, its name among them."""
    found: dict[str, set[str]] = defaultdict(set)
    for replies in json.loads(path.read_text(encoding="utf-8")).values():
        for name, text in replies.items():
            found[name].add(text)
    return {name: _with_name(name, sorted(found[name])) for name in sorted(found)}


def sent_in(dialogues: Iterable[Dialogue]) -> Texts:
    """The same without a catalogue: what was sent. What always says what was typed is no canned reply."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    own: set[str] = set()  # those that have words of their own
    for dialogue in dialogues:
        for message in dialogue["messages"]:
            if "canned" in message and "typed" in message:
                found[message["canned"]][message["text"]] += 1
                if message["text"].strip() != message["typed"].strip():
                    own.add(message["canned"])
    often = {name: [text for text, _ in found[name].most_common(TEXTS)] for name in sorted(own)}
    return {name: _with_name(name, texts) for name, texts in often.items()}


def choices(dialogues: Iterable[Dialogue]) -> Iterator[Choice]:
    for dialogue in dialogues:
        yield from _choices(dialogue["messages"])


def _choices(messages: Iterable[Mapping[str, Any]]) -> Iterator[Choice]:
    said: list[str] = []
    earlier: list[str] = []
    ours = ""
    sent: tuple[str, ...] = ()
    for message in messages:
        if message["from"] == "visitor":
            said.append(message["text"])
            continue
        if "canned" in message and "typed" in message:
            moment = Moment(said=" ".join(said), earlier=" ".join(earlier), ours=ours, sent=sent)
            yield Choice(moment, message["typed"], message["canned"])
            sent = (*sent, message["canned"])
        ours = message["text"]
        earlier += said
        said = []


def _with_name(name: str, texts: list[str]) -> list[str]:
    return [name.replace("_", " "), *texts]

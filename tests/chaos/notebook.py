"""What everybody said and what everybody saw, as they know it: the one source of the checker beside SQL."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Counts = Literal["position", "visible"]  # as staff count entries, or as the visitor does


@dataclass(slots=True)
class Said:
    """One message or note that somebody wrote."""

    who: str
    role: str
    chat: str
    text: str
    client_id: str
    counts: Counts
    kind: str = "message"
    tries_again: bool = True  # its client repeats it until it is answered
    position: int | None = None  # once answered
    answered_at: float | None = None  # Unix time
    refused: str | None = None  # the code of a final no


@dataclass(frozen=True, slots=True)
class Heard:
    position: int
    mark: str
    kind: str
    role: str
    text: str
    at: float  # Unix time

    @property
    def words(self) -> tuple[int, str, str, str, str]:
        return self.position, self.mark, self.kind, self.role, self.text


@dataclass(slots=True)
class Attendance:
    """When one connection was not there: intervals of Unix time."""

    name: str
    is_online: Callable[[], bool]
    away: list[tuple[float, float]] = field(default_factory=list)
    since: float | None = field(default_factory=time.time)  # away since; None while there
    is_over: bool = False

    def look(self, now: float) -> None:
        here = self.is_online()
        if here and self.since is not None:
            self.away.append((self.since, now))
            self.since = None
        elif not here and self.since is None:
            self.since = now

    def end(self) -> None:
        """It leaves for good: it is away from now on."""
        if self.is_over:
            return
        self.look(now := time.time())
        self.away.append((self.since or now, float("inf")))
        self.since, self.is_over = None, True


@dataclass(slots=True)
class Ear:
    """What one end heard of one chat, in the order in which it was handed over."""

    name: str
    chat: str
    counts: Counts
    link: Attendance
    opened_at: float = field(default_factory=time.time)
    heard: list[Heard] = field(default_factory=list)

    @property
    def position(self) -> int:
        return self.heard[-1].position if self.heard else 0

    @property
    def mark(self) -> str | None:
        return self.heard[-1].mark if self.heard else None

    def has_heard_the_end(self, ends: int) -> bool:
        """Whether it has heard of so many, and of nothing after."""
        closed = [each.kind == "closed" for each in self.heard]
        return sum(closed) >= ends and closed[-1:] == [True]

    def hear(self, entry: dict[str, Any]) -> None:
        body, author = entry["body"], entry["author"]["role"]
        text = body.get("text", "") if entry["kind"] in {"message", "note"} else ""
        self.heard.append(Heard(entry["position"], entry["mark"], entry["kind"], author, text, time.time()))


@dataclass(slots=True)
class Notebook:
    said: list[Said] = field(default_factory=list)
    ears: list[Ear] = field(default_factory=list)
    links: list[Attendance] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)  # chat → its visitor's token
    sites: dict[str, str] = field(default_factory=dict)  # chat → its site's key
    doubled: list[str] = field(default_factory=list)  # told twice on one live socket
    jumped: list[str] = field(default_factory=list)  # told too early on one live socket
    troubles: Counter[str] = field(default_factory=Counter)
    played: int = 0  # chats from beginning to end

    def say(self, **words: Any) -> Said:
        said = Said(**words)
        self.said.append(said)
        return said

    def ear(self, name: str, chat: str, counts: Counts, link: Attendance) -> Ear:
        ear = Ear(name, chat, counts, link)
        self.ears.append(ear)
        return ear

    def attend(self, name: str, is_online: Callable[[], bool]) -> Attendance:
        link = Attendance(name, is_online)
        self.links.append(link)
        return link

    def absent(self) -> list[str]:
        """Who should be here and is not."""
        return [link.name for link in self.links if not link.is_over and not link.is_online()]


def answer(said: Said, reply: dict[str, Any]) -> None:
    said.position, said.answered_at = reply["position"], time.time()

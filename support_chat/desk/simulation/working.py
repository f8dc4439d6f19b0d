"""An agent at work on several chats at once: each goes on more slowly, all of them equally."""

import math
from dataclasses import dataclass, field

from support_chat.desk.simulation.people import Shift


@dataclass(slots=True, eq=False)
class Worker:
    """One shift of an agent. With h chats each goes on at pace / (1 + slowdown · (h − 1))."""

    id: int
    shift: Shift
    slowdown: float
    held: dict[int, float] = field(default_factory=dict)  # chat → the progress at which it is done
    since: float = 0.0  # when `progress` was true
    progress: float = 0.0  # seconds of work done on each chat that was there from the start
    given_at: float = -math.inf  # when they were last given a chat
    moved_at: float = 0.0  # the same, or when they last finished one
    busy: float = 0.0  # chat-seconds
    version: int = 0  # of what is held: an end foretold for an older one is void

    def on_shift(self, now: float) -> bool:
        return self.shift.starts <= now < self.shift.ends

    def room(self, now: float) -> int:
        return max(0, self.shift.capacity - len(self.held)) if self.on_shift(now) else 0

    def take(self, chat: int, work: float, now: float) -> None:
        self._advance(now)
        self.held[chat] = self.progress + work
        self.given_at = self.moved_at = now

    def finish(self, chat: int, now: float) -> None:
        self._advance(now)
        del self.held[chat]
        self.moved_at = now

    def next_end(self) -> tuple[float, int] | None:
        """When a chat is done, and which, if nothing changes meanwhile."""
        if not self.held:
            return None
        done, chat = min((done, chat) for chat, done in self.held.items())
        return self.since + max(0.0, done - self.progress) / self._speed(), chat

    def _advance(self, now: float) -> None:
        passed, self.since = now - self.since, now
        self.progress += passed * self._speed()
        self.busy += passed * len(self.held)
        self.version += 1

    def _speed(self) -> float:
        return self.shift.pace / (1 + self.slowdown * max(0, len(self.held) - 1))

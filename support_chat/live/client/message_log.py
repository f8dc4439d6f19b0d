"""What a client knows of one chat: its entries, each once, in order, and how far they reach."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

Entry = dict[str, Any]
Outcome = Literal["applied", "known", "gap"]


class MessageLog:
    """Entries of one conversation, gapless from the oldest held to `position`.

    Every entry that joins is handed to `on_entry` once. `on_reset` says that all that was handed over belongs
    to another history (a restored or erased log) and starts again.
    """

    def __init__(
        self,
        conversation: str,
        *,
        on_entry: Callable[[str, Entry], None],
        on_reset: Callable[[str], None] = lambda conversation: None,
    ) -> None:
        self.conversation = conversation
        self.entries: list[Entry] = []
        self.position = 0
        self.mark: str | None = None
        self.earlier = False
        self.state: str | None = None
        self.agent: dict[str, Any] | None = None
        self.doubled = 0  # entries that a live socket told twice
        self.gaps = 0  # entries that a live socket told too early
        self._early: dict[int, Entry] = {}
        self._read_to = 0  # up to here an answer may have overtaken its events
        self._on_entry, self._on_reset = on_entry, on_reset

    def apply(self, entry: Entry) -> Outcome:
        """One live entry. A gap keeps it aside until what lies between has been fetched."""
        position = entry["position"]
        if position <= self.position:
            self.doubled += position > self._read_to
            return "known"
        if position > self.position + 1:
            self._early[position] = entry
            self.gaps += 1
            return "gap"
        self._join(entry)
        self._join_early()
        return "applied"

    def extend(self, entries: Iterable[Entry]) -> None:
        """Entries that were fetched: those already known are passed over."""
        for entry in entries:
            if entry["position"] == self.position + 1:
                self._join(entry)
        self._read_to = max(self._read_to, self.position)
        self._join_early()

    def adopt(self, snapshot: Mapping[str, Any]) -> None:
        """A snapshot that joins what is held extends it; any other replaces it."""
        entries = snapshot["entries"]
        self.state, self.agent = snapshot.get("state"), snapshot.get("agent")
        if self._joins(entries):
            self.extend(entries)
            return
        if self.position:
            self.forget()
        self.earlier = bool(snapshot.get("earlier"))
        self.position = entries[0]["position"] - 1 if entries else snapshot["position"]
        self.mark = snapshot.get("mark")
        for entry in entries:
            self._join(entry)

    def prepend(self, page: Mapping[str, Any]) -> None:
        """A page of older entries; they are not handed to `on_entry`, which tells of what is new."""
        self.entries[:0] = page["entries"]
        self.earlier = bool(page.get("earlier"))

    def forget(self) -> None:
        """Drops all: it belonged to another history."""
        self.entries.clear()
        self._early.clear()
        self.position, self.mark, self._read_to = 0, None, 0
        self._on_reset(self.conversation)

    def _joins(self, entries: list[Entry]) -> bool:
        """Whether these go on from ours: they hold the entry at our position, with its mark."""
        return any(entry["position"] == self.position and entry["mark"] == self.mark for entry in entries)

    def _join(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.position, self.mark = entry["position"], entry["mark"]
        self._on_entry(self.conversation, entry)

    def _join_early(self) -> None:
        while (entry := self._early.pop(self.position + 1, None)) is not None:
            self._join(entry)
        self._early = {position: entry for position, entry in self._early.items() if position > self.position}

"""What the checker has found, by the promise that it breaks."""

from dataclasses import dataclass, field

LOST = "lost"
DOUBLED = "doubled"
ORDER = "out of order"
PHANTOMS = "seen or refused otherwise than stored"
RECOVERY = "recovered in part, or as another history"
OWNERS = "owners"
CAPACITY = "capacity"
PRESENCE = "presence"
NOTICE = "noticed too late"
WELL = "well again too late"
TROUBLES = "troubles of clients"
ALL = (LOST, DOUBLED, ORDER, PHANTOMS, RECOVERY, OWNERS, CAPACITY, PRESENCE, NOTICE, WELL, TROUBLES)
EXAMPLES = 4  # printed of each


@dataclass(slots=True)
class Findings:
    by_promise: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in ALL})

    def add(self, promise: str, words: str) -> None:
        self.by_promise[promise].append(words)

    @property
    def broken(self) -> list[str]:
        """The promises that do not hold."""
        return [promise for promise, found in self.by_promise.items() if found]

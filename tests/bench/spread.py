"""Times, and what is said of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Spread:
    """Seconds, as measured."""

    seconds: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, many: Iterable["Spread"]) -> "Spread":
        return cls([second for one in many for second in one.seconds])

    def add(self, other: "Spread") -> None:
        """Those of another, too."""
        self.seconds += other.seconds

    def at(self, share: float) -> float:
        """The value that `share` of them do not exceed, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")

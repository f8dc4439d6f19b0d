"""What is counted while chats are played, and how two lists of messages differ."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import msgspec


@dataclass(slots=True)
class Difference:
    """How what was found differs from what was expected, in messages."""

    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0

    def __add__(self, other: "Difference") -> "Difference":
        return Difference(
            self.lost + other.lost, self.doubled + other.doubled, self.out_of_order + other.out_of_order
        )

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.out_of_order)


def compare(expected: Sequence[Hashable], found: Sequence[Hashable]) -> Difference:
    """Missing items are lost, extra ones doubled; the same items in another order are out of order."""
    if list(expected) == list(found):
        return Difference()
    wanted, had = Counter(expected), Counter(found)
    lost, doubled = (wanted - had).total(), (had - wanted).total()
    if lost or doubled:
        return Difference(lost, doubled, 0)
    moved = sum(one != other for one, other in zip(expected, found, strict=True))
    return Difference(out_of_order=moved)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank); 0 of none."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[rank - 1] if ordered else 0.0


class Times(msgspec.Struct):
    """Seconds, summed up as p50, p95, p99 and the longest, in milliseconds."""

    seconds: list[float] = msgspec.field(default_factory=list)

    def __str__(self) -> str:
        p50, p95, p99 = (percentile(self.seconds, share) * 1000 for share in (0.5, 0.95, 0.99))
        longest = max(self.seconds, default=0.0) * 1000
        return f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, longest {longest:.0f} ms"


@dataclass(slots=True)
class Score:
    """The replay's counts. A message is delivered once the other end has it."""

    chats: int = 0
    unfinished: int = 0  # chats given up, with their reasons in `troubles`
    sent: int = 0
    delivered: int = 0
    wrong: Difference = field(default_factory=Difference)
    first: Times = field(default_factory=Times)  # from a chat's first message to its agent
    later: Times = field(default_factory=Times)  # from any other message to the other end
    refusals: Counter[str] = field(default_factory=Counter)  # by code
    losses: int = 0  # sockets that were lost and came back
    troubles: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def passed(self) -> bool:
        return not self.wrong and not self.unfinished and self.sent == self.delivered

    def lines(self) -> list[str]:
        """The report, a line each."""
        rate = self.sent / self.seconds if self.seconds else 0.0
        pace = self.chats / self.seconds if self.seconds else 0.0
        report = [
            f"chats         {self.chats}" + (f", {self.unfinished} given up" if self.unfinished else ""),
            f"sent          {self.sent}",
            f"delivered     {self.delivered}",
            f"lost          {self.wrong.lost}",
            f"doubled       {self.wrong.doubled}",
            f"out of order  {self.wrong.out_of_order}",
            f"send→receive  {self.later}",
            f"first→agent   {self.first}",
            f"in            {self.seconds:.1f} s: {pace:.1f} chats/s, {rate:.0f} messages/s",
        ]
        if self.losses:
            report.append(f"sockets       {self.losses} lost, and back")
        report += [f"given up      {count} × {why}" for why, count in self.troubles.most_common(5)]
        report += [f"refused       {count} × {code}" for code, count in self.refusals.most_common(5)]
        if self.refusals["too_fast"]:
            report.append(
                "too_fast: the server holds its senders back; start it with THROTTLE=off to measure it"
            )
        return report

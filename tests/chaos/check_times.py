"""How long it took: from a commit to whoever listens, and from a repair until all was well."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.chaos.findings import NOTICE, WELL, Findings
from tests.chaos.notebook import Ear, Notebook
from tests.chaos.stored import Stored

NOTICED_WITHIN = 4.0  # seconds: the two that are promised, and two for a machine that does all this at once
WELL_WITHIN = 20.0  # seconds

Interval = tuple[float, float]


@dataclass(slots=True)
class Struck:
    """One fault that happened; all in Unix time."""

    name: str
    hides: bool
    began: float
    repaired: float = float("inf")
    well: float = float("inf")  # everybody is back, and a message went through everywhere

    missing: list[str] = field(default_factory=list)  # who was not back when nobody waited any longer

    def __str__(self) -> str:
        at = time.strftime("%H:%M:%S", time.localtime(self.began))
        waits = f", still waiting for {', '.join(self.missing[:5])}" if self.missing else ""
        took = self.repaired - self.began
        return f"{at} {self.name}: {took:.1f} s, well after {self.recovery:.1f} s{waits}"

    @property
    def recovery(self) -> float:
        """Seconds."""
        return self.well - self.repaired


@dataclass(frozen=True, slots=True)
class Longest:
    """Seconds, and where."""

    seconds: float = 0.0
    where: str = ""


def check_notice(findings: Findings, notebook: Notebook, stored: Stored, faults: Iterable[Struck]) -> Longest:
    """The longest time that an entry stayed unknown to somebody who was there and could be told."""
    hidden = [(fault.began, fault.well) for fault in faults if fault.hides]
    longest = Longest()
    for ear in notebook.ears:
        chat = stored.chats.get(ear.chat)
        committed = {getattr(row, ear.counts): row.committed for row in chat.rows[::-1]} if chat else {}
        for gap in _gaps(ear, committed, hidden):
            longest = max(longest, gap, key=lambda each: each.seconds)
            if gap.seconds > NOTICED_WITHIN:
                findings.add(NOTICE, f"{gap.seconds:.1f} s: {gap.where}")
    return longest


def _gaps(ear: Ear, committed: dict[int, float], hidden: Sequence[Interval]) -> Iterable[Longest]:
    for heard in ear.heard:
        since = max(committed.get(heard.position, heard.at), ear.opened_at)
        excused = covered([*hidden, *ear.link.away], since, heard.at)
        seconds = max(0.0, heard.at - since - excused)
        yield Longest(seconds, f"{heard.kind} {heard.position} of chat {ear.chat} to {ear.name}")


def covered(intervals: Iterable[Interval], begin: float, end: float) -> float:
    """Seconds of [begin, end] that lie in any of the intervals."""
    seconds, at = 0.0, begin
    for first, last in sorted(intervals):
        until = min(last, end)
        if until > max(first, at):
            seconds, at = seconds + until - max(first, at), until
    return seconds


def check_recovery(findings: Findings, faults: Iterable[Struck]) -> Longest:
    longest = Longest()
    for fault in faults:
        longest = max(longest, Longest(fault.recovery, fault.name), key=lambda each: each.seconds)
        if fault.recovery > WELL_WITHIN:
            findings.add(WELL, str(fault))
    return longest

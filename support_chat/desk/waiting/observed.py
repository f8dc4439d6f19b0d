"""What an estimate is made from and what it is, as plain data. Times are in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """An agent who may take the next chat of this queue, now or when one of theirs ends.

    Not among them: who is away, finishing, cooling down or without the skill that is asked for.
    """

    capacity: int  # chats at once
    load: int  # chats and reserved offers that count against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stay in line, until an agent took the chat, the visitor left, or now."""

    seconds: float
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Of ten who hear it one waits shorter than `low`, one longer than `high`."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A prediction beside what happened.

    `plain` is the formula's own range and `told` what the visitor heard, corrected by earlier outcomes.
    `waited` is the whole wait if they were `served`; otherwise they left, and would have waited longer.
    """

    told: Range
    plain: Range
    waited: float
    served: bool

"""How long a chat was handled, by its log: what reports call handle time, and beside it the idle time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from support_chat.desk.audiences import STATES
from support_chat.desk.lines import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """Seconds. `handle`: an agent had it and it counted with them. `idle`: they had it, and it did not."""

    handle: float = 0.0
    idle: float = 0.0


def durations(log: Iterable[Kept], *, until: datetime) -> Durations:
    """Of the entries of one chat, in order; what goes on lasts `until` then.

    A chat is active from `assigned` to what ends it, and idle from `idle` until its visitor writes.
    """
    spent = {"handle": 0.0, "idle": 0.0, "": 0.0}
    phase, since = "", until
    for entry in log:
        now = _phase_after(phase, entry)
        if now != phase:
            spent[phase] += (entry.at - since).total_seconds()
            phase, since = now, entry.at
    spent[phase] += (until - since).total_seconds()
    return Durations(handle=spent["handle"], idle=spent["idle"])


def _phase_after(phase: str, entry: Kept) -> str:
    if entry.kind in STATES:
        return "handle" if STATES[entry.kind] == "active" else ""
    if entry.kind == "idle":
        return "idle"
    woken = entry.kind == "message" and entry.author_role == "visitor" and phase == "idle"
    return "handle" if woken else phase

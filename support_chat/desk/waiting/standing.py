"""The whole line at once, where chats need different agents: of several queues, or with skills."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from support_chat.desk.waiting.estimating import Pace, ranges
from support_chat.desk.waiting.observed import Agent, Range


@dataclass(frozen=True, slots=True)
class InLine:
    """A chat that waits, and which agents may take it, now or when they have room."""

    queue: int
    able: frozenset[int]


def estimates(
    line: Sequence[InLine], agents: Mapping[int, Agent], paces: Mapping[int, Pace | None]
) -> list[Range | None]:
    """For each, in their one order. Takes the line's length, times how many kinds of chat are in it."""
    slots = {key: agent.capacity for key, agent in agents.items()}
    found: dict[InLine, Iterator[Range | None]] = {}
    for kind in dict.fromkeys(line):
        team = [agents[key] for key in kind.able]
        found[kind] = iter(ranges(paces[kind.queue], team, ahead(line, kind, slots)))
    return [next(found[each]) for each in line]


def ahead(line: Sequence[InLine], kind: InLine, slots: Mapping[int, int]) -> list[float]:
    """How many stand ahead of each chat of this kind. `slots`: chats at once, by agent.

    A chat of another kind counts as far as our agents are who takes it: their share of all its slots.
    """
    weights = {other: _share(other, kind, slots) for other in dict.fromkeys(line)}
    counted, standing = 0.0, []
    for each in line:
        if each == kind:
            standing.append(counted)
        counted += weights[each]
    return standing


def _share(other: InLine, kind: InLine, slots: Mapping[int, int]) -> float:
    if other.able == kind.able:
        return 1.0
    all_of_them = sum(slots[key] for key in other.able)
    ours = sum(slots[key] for key in other.able & kind.able)
    return ours / all_of_them if all_of_them else 0.0

"""Where the arrivals of a simulation come from: a file of chats, or chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from support_chat.desk.replay.recording import RecordedChat, Recording
from support_chat.desk.simulation.drawing import Draw, arrival_times, exponential, from_list
from support_chat.desk.simulation.hours import DAY
from support_chat.desk.simulation.people import Arrival
from support_chat.desk.simulation.results import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Arrivals from 0 on, a midnight (UTC), and what really came of them, where that is known."""

    arrivals: Sequence[Arrival]
    really: Results | None = None

    @property
    def last(self) -> float:
        return max((each.at for each in self.arrivals), default=0.0)


def generated(rng: Random, *, an_hour: float, hours: float, handle_time: Draw, patience: float) -> Traffic:
    """So many arrivals `an_hour` for so many `hours`; `patience` in seconds, the mean of an exponential."""
    rate = an_hour / 3600
    stays = exponential(patience)
    times = arrival_times(rng, lambda _: rate, rate, hours * 3600)
    return Traffic(arrivals=[Arrival(at=at, work=handle_time(rng), patience=stays(rng)) for at in times])


def recorded_traffic(rng: Random, path: Path, patience: float) -> Traffic:
    """The chats of a file, when they came. What was real is their first answer: no line is recorded."""
    chats = sorted((chat for chat in Recording.open(path) if chat.lines), key=lambda chat: chat.started)
    if not chats:
        return Traffic(arrivals=())
    midnight = chats[0].started // DAY * DAY
    stays = exponential(patience)
    arrivals = [
        Arrival(at=chat.started - midnight, work=_length(chat), patience=stays(rng)) for chat in chats
    ]
    return Traffic(arrivals=arrivals, really=_really(chats))


def _really(chats: Sequence[RecordedChat]) -> Results:
    answers = sorted(answer for chat in chats if (answer := _first_answer(chat)) is not None)
    unanswered = 1 - len(answers) / len(chats)
    return Results(arrivals=len(chats), waits=answers, abandoned=unanswered, occupancy=None)


def handle_times(traffic: Traffic) -> Draw:
    """At random, those of the same traffic."""
    return from_list([each.work for each in traffic.arrivals if each.work > 0])


def _length(chat: RecordedChat) -> float:
    return chat.lines[-1].at - chat.lines[0].at


def _first_answer(chat: RecordedChat) -> float | None:
    return next((line.at for line in chat.lines if line.sender == "agent"), None)

"""A simulated queue does what a queue does."""

from dataclasses import replace
from math import inf
from random import Random
from statistics import fmean

import pytest

from support_chat.desk.simulation.drawing import arrival_times, exponential
from support_chat.desk.simulation.people import Arrival, Shift
from support_chat.desk.simulation.rules import RULES
from support_chat.desk.simulation.running import Floor, run


def busy_hours(seed: int, *, patience: float = 300.0, queues: int = 1) -> list[Arrival]:
    rng = Random(seed)
    work, stays = exponential(200), exponential(patience)
    times = arrival_times(rng, lambda _: 1 / 60, 1 / 60, 6 * 3600)
    return [
        Arrival(at=at, work=work(rng), patience=stays(rng), queue=1 + rng.randrange(queues)) for at in times
    ]


TEAM = [Shift(capacity=2), Shift(capacity=1, starts=1800, ends=9000)]


def test_chats_are_served_in_their_order_and_at_once_where_there_is_room() -> None:
    floor = run([Arrival(at=at, work=100) for at in (0, 10, 20)], [Shift(capacity=1)])
    assert [(visit.began, visit.ended) for visit in floor.visits] == [(0, 100), (100, 200), (200, 300)]
    assert [visit.offered for visit in floor.visits] == [0, 90, 180]


def test_who_loses_patience_leaves_and_holds_up_nobody() -> None:
    arrivals = [Arrival(at=0, work=100), Arrival(at=1, work=500, patience=50), Arrival(at=2, work=10)]
    _, impatient, last = run(arrivals, [Shift(capacity=1)]).visits
    assert (impatient.began, impatient.left) == (None, 51)
    assert last.began == 100


@pytest.mark.parametrize("seed", range(4))
def test_the_virtual_wait_of_who_left_is_what_they_wait_if_they_stay(seed: int) -> None:
    arrivals = busy_hours(seed)
    left = [index for index, visit in enumerate(run(arrivals, TEAM).visits) if visit.left is not None]
    assert len(left) > 20
    for index in left[::7]:
        virtual = run(arrivals, TEAM).visits[index].offered
        staying = [*arrivals[:index], replace(arrivals[index], patience=inf), *arrivals[index + 1 :]]
        visit = run(staying, TEAM).visits[index]
        assert visit.began is not None
        assert visit.began - visit.arrival.at == pytest.approx(virtual)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_gives_everybody_once_within_capacity_and_hours(rule: str) -> None:
    def watch(floor: Floor, index: int) -> None:
        assert all(len(worker.held) <= worker.shift.capacity for worker in floor.workers)
        assert index in floor.waiting()

    arrivals = busy_hours(5, queues=2)
    team = [replace(TEAM[0], queues=frozenset({1, 2})), replace(TEAM[1], queues=frozenset({2}))]
    floor = run(arrivals, team, router=RULES[rule].router, rules=RULES[rule].rules, watch=watch)
    assert all((visit.began is None) != (visit.left is None) for visit in floor.visits)
    assert sorted(floor.ended) == [i for i, visit in enumerate(floor.visits) if visit.began is not None]
    assert floor.waiting() == []


def test_nobody_is_given_to_who_does_not_answer_their_queue() -> None:
    arrivals = [Arrival(at=0, work=10, queue=2), Arrival(at=1, work=10)]
    other, mine = run(arrivals, [Shift(queues=frozenset({1}))]).visits
    assert other.began is None
    assert mine.began == 1


def test_a_line_waits_for_the_next_shift() -> None:
    floor = run([Arrival(at=0, work=10)], [Shift(starts=0, ends=0), Shift(starts=500)])
    assert floor.visits[0].began == 500


def test_it_stops_where_it_is_told_to() -> None:
    floor = run([Arrival(at=0, work=100), Arrival(at=50, work=100)], [Shift()], until=60)
    assert floor.visits[0].ended is None
    assert floor.waiting() == [1]


def test_it_waits_as_long_as_the_textbook_says() -> None:
    """M/M/2 at a load of 0.8: Erlang C gives a mean wait of 1.78 service times."""
    rng = Random(11)
    work = exponential(100)
    times = arrival_times(rng, lambda _: 0.016, 0.016, 5_000_000)
    floor = run([Arrival(at=at, work=work(rng)) for at in times], [Shift(capacity=2)])
    waits = [visit.offered for visit in floor.visits if visit.offered is not None]
    assert len(waits) > 70_000
    assert fmean(waits) == pytest.approx(177.8, rel=0.05)

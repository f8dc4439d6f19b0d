"""Questions that are answered together, over an answer that only remembers what it was asked."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from support_chat.desk import together as module
from support_chat.desk.together import Together
from support_chat.live.refusals import Busy, NotFound, Overloaded, Refused


@dataclass
class Desk:
    """Answers a number with its double, or with what `instead` says. `rounds` is what it was asked."""

    instead: Callable[[int, int], Refused | None] = lambda number, count: None
    rounds: list[list[int]] = field(default_factory=list)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def answer(self, numbers: Sequence[int]) -> list[int | Refused]:
        self.rounds.append(list(numbers))
        assert self.may_go_on.wait(10)
        return [self.instead(number, len(numbers)) or number * 2 for number in numbers]


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.may_go_on.set()
    return desk


async def asked(desk: Desk, *numbers: int) -> "asyncio.Task[list[int | BaseException]]":
    """One of them is being answered, the others wait for the next round."""
    desk.may_go_on.clear()
    doubles = Together("reads", desk.answer)
    coming = [asyncio.create_task(doubles.ask(numbers[0]))]
    while not desk.rounds:
        await asyncio.sleep(0.001)
    coming += [asyncio.create_task(doubles.ask(number)) for number in numbers[1:]]
    await asyncio.sleep(0.01)
    desk.may_go_on.set()
    return asyncio.create_task(gathered(coming))


async def gathered(coming: "Sequence[asyncio.Task[int]]") -> list[int | BaseException]:
    return await asyncio.wait_for(asyncio.gather(*coming, return_exceptions=True), 10)


async def test_whoever_asks_while_one_round_runs_is_answered_in_the_next(desk: Desk) -> None:
    answers = await (await asked(desk, 1, 2, 3, 3))
    assert desk.rounds == [[1], [2, 3, 3]]
    assert answers == [2, 4, 6, 6]


async def test_a_round_is_never_longer_than_its_bound(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROUND", 2)
    await (await asked(desk, *range(6)))
    assert [len(each) for each in desk.rounds] == [1, 2, 2, 1]


async def test_who_is_refused_is_refused_alone_and_at_once(desk: Desk) -> None:
    desk.instead = lambda number, count: NotFound() if number == 3 else None
    answers = await (await asked(desk, 1, 2, 3, 4))
    assert [*answers[:2], answers[3]] == [2, 4, 8]
    assert isinstance(answers[2], NotFound)
    assert desk.rounds == [[1], [2, 3, 4]]


async def test_who_cannot_be_answered_among_others_is_asked_about_alone(desk: Desk) -> None:
    desk.instead = lambda number, count: Busy() if number == 3 and count > 1 else None
    assert await (await asked(desk, 1, 2, 3, 4)) == [2, 4, 6, 8]
    assert desk.rounds == [[1], [2, 3, 4], [3]]


async def test_who_cannot_be_answered_alone_either_is_told_so(desk: Desk) -> None:
    desk.instead = lambda number, count: Busy() if number == 3 else None
    answers = await (await asked(desk, 1, 2, 3))
    assert isinstance(answers[2], Busy)


async def test_of_a_round_that_fails_as_a_whole_only_the_culprit_does_not_get_its_answer(desk: Desk) -> None:
    def fail(number: int, count: int) -> None:
        if number == 3:
            raise ValueError(number)

    desk.instead = fail
    answers = await (await asked(desk, 1, 2, 3, 4))
    assert [*answers[:2], answers[3]] == [2, 4, 8]
    assert isinstance(answers[2], ValueError)


async def test_while_one_is_asked_about_alone_the_next_round_goes_on(desk: Desk) -> None:
    held = threading.Event()

    def wait_for_it(number: int, count: int) -> Refused | None:
        if number == 3 and count == 1:
            assert held.wait(10)
        return Busy() if number == 3 and count > 1 else None

    desk.instead = wait_for_it
    desk.may_go_on.clear()
    doubles = Together("reads", desk.answer)
    first, second, third = (asyncio.create_task(doubles.ask(number)) for number in (1, 2, 3))
    await asyncio.sleep(0.01)
    desk.may_go_on.set()
    assert await asyncio.wait_for(asyncio.gather(first, second, doubles.ask(4)), 10) == [2, 4, 8]
    assert not third.done()
    held.set()
    assert await asyncio.wait_for(third, 10) == 6


async def test_who_has_gone_meanwhile_keeps_nobody_from_an_answer(desk: Desk) -> None:
    desk.may_go_on.clear()
    doubles = Together("reads", desk.answer)
    gone, there = asyncio.create_task(doubles.ask(1)), asyncio.create_task(doubles.ask(2))
    await asyncio.sleep(0.01)
    gone.cancel()
    desk.may_go_on.set()
    assert await asyncio.wait_for(there, 10) == 4


async def test_what_is_too_much_is_refused_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LANE_QUEUE", 2)
    answers = await (await asked(desk, 1, 2, 3, 4))
    assert answers[:3] == [2, 4, 6]
    assert isinstance(answers[3], Overloaded)


def test_a_round_that_was_ended_before_it_began_holds_up_nobody() -> None:
    together = Together("reads", list)

    async def leave_at_once() -> None:
        asking = asyncio.create_task(together.ask(1))
        await asyncio.sleep(0)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asking

    async def come() -> int:
        return await asyncio.wait_for(together.ask(2), 10)

    asyncio.run(leave_at_once())
    assert asyncio.run(come()) == 2


def test_an_event_loop_that_ended_in_the_middle_holds_up_nobody(desk: Desk) -> None:
    doubles = Together("reads", desk.answer)
    coming: list[asyncio.Future[int]] = []

    async def begin() -> None:
        coming.append(asyncio.ensure_future(doubles.ask(1)))
        while not desk.rounds:
            await asyncio.sleep(0.001)

    desk.may_go_on.clear()
    gone = asyncio.new_event_loop()
    gone.set_exception_handler(lambda *_: None)  # it will say that work of it was dropped
    gone.run_until_complete(begin())
    gone.close()
    desk.may_go_on.set()
    assert asyncio.run(asyncio.wait_for(doubles.ask(2), 10)) == 4

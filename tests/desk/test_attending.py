"""What is due in a chat, and when: decisions over plain data, checked against what they promise."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support_chat.desk.attending import Attended, Step, deadlines, what_is_due

thorough = settings(max_examples=300, deadline=None, derandomize=True, database=None)
START = datetime(2026, 5, 4, 9, tzinfo=UTC)
WITHIN = 180


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def chat(**columns: Any) -> Attended:
    """Given at START to an agent, whose answer its visitor has waited for a while."""
    known: dict[str, Any] = {"assigned_at": START, "waiting_since": after(-60), "seen_at": after(-60)}
    return Attended(first_reply_within=WITHIN, **(known | columns))


ANSWERED = {"replied": True, "waiting_since": None, "team_at": START}
ASKED_AGAIN = {"replied": True, "waiting_since": START, "team_at": after(-10)}
GONE = {"here": False, "seen_at": START}

CASES: dict[str, tuple[Attended, int, Step]] = {
    "nobody answers": (chat(), WITHIN, Step.TAKE_BACK),
    "it is looked up and nobody answers": (chat(looked_at=after(100)), 100 + WITHIN, Step.TAKE_BACK),
    "the first word comes late": (chat(waiting_since=after(500)), 500 + WITHIN, Step.TAKE_BACK),
    "the owner is silent": (chat(**ASKED_AGAIN), 120, Step.REMIND_OWNER),
    "the owner looks it up": (chat(**ASKED_AGAIN, looked_at=after(90)), 210, Step.REMIND_OWNER),
    "and goes on being silent": (chat(**ASKED_AGAIN, reminded=1), 300, Step.TELL_SUPERVISORS),
    "the visitor is quiet": (chat(**ANSWERED), 300, Step.REST),
    "they are still quiet": (chat(**ANSWERED, idle_at=after(300)), 900, Step.NUDGE),
    "they are quiet for half an hour": (
        chat(**ANSWERED, idle_at=after(300), nudged_at=after(900)),
        1_800,
        Step.CLOSE,
    ),
    "they were asked late": (
        chat(**ANSWERED, idle_at=after(300), nudged_at=after(5_000)),
        5_900,
        Step.CLOSE,
    ),
    "we wrote again after asking": (
        chat(
            replied=True, waiting_since=None, team_at=after(1_000), idle_at=after(300), nudged_at=after(900)
        ),
        1_900,
        Step.NUDGE,
    ),
    "nobody has said a word": (chat(waiting_since=None), 300, Step.REST),
    "it is given to somebody new": (chat(**(ANSWERED | {"team_at": after(-900)})), 300, Step.REST),
    "the visitor is gone": (chat(**GONE), 60, Step.LEFT),
    "they are gone, with their phone": (chat(**ASKED_AGAIN, phone=True, **GONE), 120, Step.REMIND_OWNER),
    "they and their phone are gone": (chat(**ANSWERED, phone=True, **GONE), 240, Step.LEFT),
    "they are back": (chat(away_at=START), 60, Step.JOINED),
    "they left while they waited": (chat(waits=True, **GONE), 1_800, Step.CLOSE),
    "they are back and wait": (chat(waits=True, away_at=START), 60, Step.JOINED),
}


@pytest.mark.parametrize(("attended", "seconds", "step"), CASES.values(), ids=list(CASES))
def test_a_step_is_due_on_the_second_and_not_before(attended: Attended, seconds: int, step: Step) -> None:
    assert what_is_due(attended, after(seconds - 0.001)) is None
    assert what_is_due(attended, after(seconds)) == step


NEVER = {
    "they wait and are here": chat(waits=True),
    "they wait and keep their place": chat(waits=True, keeps_place=True, **GONE),
    "supervisors were told": chat(**ASKED_AGAIN, reminded=2),
    "the queue takes nothing back": replace(chat(reminded=2), first_reply_within=0),
    "they are known to be gone": chat(waits=True, keeps_place=True, away_at=START, **GONE),
}


@pytest.mark.parametrize("attended", NEVER.values(), ids=list(NEVER))
def test_nothing_is_ever_due(attended: Attended) -> None:
    assert list(deadlines(attended)) == []


def test_a_queue_that_takes_nothing_back_reminds_of_the_first_reply_too() -> None:
    assert what_is_due(replace(chat(), first_reply_within=0), after(120)) == Step.REMIND_OWNER


# A chat as it goes on: what the log makes of each step, and of what people do meanwhile.

CHANGED: dict[Step, dict[str, Any]] = {
    Step.JOINED: {"away_at": None},
    Step.REMIND_OWNER: {"reminded": 1},
    Step.TELL_SUPERVISORS: {"reminded": 2},
}
DATED = {Step.LEFT: "away_at", Step.REST: "idle_at", Step.NUDGE: "nudged_at"}
OVER = {Step.TAKE_BACK, Step.CLOSE}


def stepped(attended: Attended, step: Step, now: datetime) -> Attended:
    columns: dict[str, Any] = CHANGED.get(step) or {DATED[step]: now}
    return replace(attended, **columns)


def lived(attended: Attended, deed: str, now: datetime) -> Attended:
    if deed == "visitor":
        since = attended.waiting_since or now
        return replace(attended, waiting_since=since, idle_at=None, nudged_at=None)
    if deed == "agent":
        return replace(attended, waiting_since=None, reminded=0, replied=True, team_at=now)
    if deed == "looks":
        return replace(attended, looked_at=attended.looked_at or now)
    if deed in {"goes", "comes"}:
        return replace(attended, here=deed == "comes", seen_at=now)
    return attended


deeds = st.sampled_from(["visitor", "agent", "looks", "goes", "comes", "nothing"])
lives = st.lists(st.tuples(st.integers(1, 400), deeds), max_size=40)
Life = Sequence[tuple[int, str]]


def told(life: Life) -> Iterator[tuple[int, str, Attended]]:
    """Second by second as the clock looks: what is done, by whom or by time, and the chat before it."""
    attended, now = chat(waiting_since=START), 0
    for pause, deed in life:
        for _ in range(pause):
            now += 1
            while step := what_is_due(attended, after(now)):
                yield now, step, attended
                if step in OVER:
                    return
                attended = stepped(attended, step, after(now))
        yield now, deed, attended
        attended = lived(attended, deed, after(now))


@thorough
@given(life=lives)
def test_time_takes_nothing_from_who_answers_and_asks_nothing_of_who_waits(life: Life) -> None:
    for now, step, attended in told(life):
        if step == Step.TAKE_BACK:
            since = max(filter(None, [attended.waiting_since, attended.assigned_at, attended.looked_at]))
            assert not attended.replied
            assert after(now) - since == timedelta(seconds=WITHIN)
        if step in {Step.REST, Step.NUDGE, Step.CLOSE}:
            assert attended.waiting_since is None
        if step in {Step.REMIND_OWNER, Step.TELL_SUPERVISORS}:
            assert attended.waiting_since is not None
            assert attended.replied


@thorough
@given(life=lives)
def test_a_chat_ends_a_quarter_of_an_hour_after_its_visitor_was_asked_and_half_an_hour_after_a_word(
    life: Life,
) -> None:
    said = {"visitor": 0, "agent": 0}
    nudged = 0
    for now, step, _ in told(life):
        said |= {step: now} if step in said else {}
        nudged = now if step == Step.NUDGE else nudged
        if step == Step.CLOSE:
            assert now - nudged == 900
            assert now - max(said.values()) >= 1_800


@thorough
@given(life=lives)
def test_each_of_them_is_told_once_until_somebody_does_something(life: Life) -> None:
    since_deed: list[str] = []
    for _, step, _ in told(life):
        if step in {"visitor", "agent", "looks", "goes", "comes"}:
            since_deed = []
        else:
            assert step == "nothing" or step not in since_deed
            since_deed.append(step)


@thorough
@given(life=lives)
def test_coming_and_going_is_one_line_a_minute_at_most_and_they_take_turns(life: Life) -> None:
    lines = [(now, step) for now, step, _ in told(life) if step in {Step.LEFT, Step.JOINED}]
    assert all(step == (Step.LEFT, Step.JOINED)[index % 2] for index, (_, step) in enumerate(lines))
    assert all(later - before >= 60 for (before, _), (later, _) in pairwise(lines))


@given(seconds=st.integers(0, 10_000))
@thorough
def test_after_a_long_stop_every_step_is_still_taken_in_its_order(seconds: int) -> None:
    attended, steps = chat(**ANSWERED), []
    now = after(1_800 + seconds)
    while (step := what_is_due(attended, now)) is not None:
        steps.append(step)
        attended = stepped(attended, step, now)
    assert steps == [Step.REST, Step.NUDGE], "and the visitor has their time to answer"

"""Guarantee 9, by property: whatever the staff does among itself, and whatever other visitors do, at any
moment of a chat, the bytes that its visitor receives are the same as without it."""

import asyncio
from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support_chat.desk import clock, db
from tests.desk.people import house
from tests.desk.running import Running, Socket, running
from tests.promises.comparable import comparable
from tests.promises.plays import (
    SAID,
    UNHEARD,
    Play,
    Step,
    agent_answers,
    agent_closes,
    agent_comes,
    agent_reads,
    notes_are_read,
    visitor_ends,
    visitor_says,
)

pytestmark = pytest.mark.django_db(transaction=True)

numbers = count(1)


@pytest.fixture(autouse=True)
def nobody_else_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the clock gives a chat, or what made it wait, a moment before or after the reply, is chance."""
    monkeypatch.setattr(clock, "assign_everywhere", lambda: None)


async def heard(desk: Running, said: Sequence[Step], unheard: Sequence[Sequence[Step]]) -> list[str]:
    """The visitor's frames, made comparable. `unheard` takes place before, between and after what is said."""
    play = await set_up(desk)
    await play.visitor.event("queue_moved")
    for moment, step in zip(unheard, (agent_comes, *said, None), strict=True):
        for noise in moment:
            await noise(play)
        await play.visitor.ok("beat")
        if step is not None:
            await step(play)
            await play.given()
        await play.visitor.ok("beat")
    return comparable(play.visitor)


async def set_up(desk: Running) -> Play:
    number = next(numbers)
    shop, other = await db.run(house, f"Shop {number}"), await db.run(house, f"Shop {next(numbers)}")
    ana, ben = [await db.run(shop.staff, f"{name}{number}", capacity=9) for name in ("ana", "ben")]
    sue = await db.run(shop.staff, f"sue{number}", role="supervisor")
    mia = await db.run(shop.staff, f"mia{number}", role="manager", answers=False)
    stranger = await db.run(other.staff, f"stranger{number}")
    visitor = await desk.visitor(shop.site)
    team = [await desk.staff(who) for who in (ana, ben, sue, mia, stranger)]
    play = Play(desk, shop, visitor, *team)
    started = await visitor.ok("start_conversation", client_id=play.once(), body="Is it open?")
    play.chat = started["conversation"]
    for person in team[:-1]:
        await person.ok("open_conversation", conversation=play.chat)
    return play


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Step], list[list[Step]]]:
    said = draw(st.lists(st.sampled_from(SAID), min_size=1, max_size=6))
    moments = len(said) + 2
    noise = st.lists(st.sampled_from(UNHEARD), max_size=3)
    return said, draw(st.lists(noise, min_size=moments, max_size=moments))


# What is heard of a play without any noise, by how people come and by what is said.
ALONE: dict[tuple[type[Socket], tuple[Step, ...]], list[str]] = {}


async def compared(
    kind: type[Socket], said: Sequence[Step], unheard: Sequence[Sequence[Step]]
) -> tuple[list[str], list[str]]:
    """What the visitor hears without and with the noise."""
    play = kind, tuple(said)
    async with running(kind) as desk:
        if play not in ALONE:
            ALONE[play] = await heard(desk, said, [()] * len(unheard))
        return ALONE[play], await heard(desk, said, unheard)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=stories())
def test_a_visitor_receives_the_same_bytes_with_and_without_what_is_not_theirs(
    kind: type[Socket],
    story: tuple[list[Step], list[list[Step]]],
) -> None:
    alone, among = asyncio.run(compared(kind, *story))
    assert among == alone


@pytest.mark.parametrize("noise", UNHEARD)
def test_nothing_that_is_not_theirs_reaches_a_visitor_at_any_moment(kind: type[Socket], noise: Step) -> None:
    said = (visitor_says, agent_reads, agent_answers, agent_closes, visitor_says, visitor_ends)
    alone, among = asyncio.run(compared(kind, said, [(noise,)] * (len(said) + 2)))
    assert among == alone


def test_a_note_that_is_read_moves_no_mark_the_visitor_can_see(kind: type[Socket]) -> None:
    said = (visitor_says, agent_reads, agent_answers, agent_reads)
    alone, among = asyncio.run(compared(kind, said, [(), (), (), (notes_are_read,), (), (notes_are_read,)]))
    assert among == alone

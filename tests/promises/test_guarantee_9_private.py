"""Guarantee 9, by property: whatever the staff does among itself, and whatever other visitors do, at any
moment of a chat, the bytes that its visitor receives are the same as without it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.consumers import StaffConsumer
from support_chat.desk import clock, db
from support_chat.desk.models import Conversation
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running
from tests.promises.comparable import comparable

pytestmark = pytest.mark.django_db(transaction=True)

numbers = count(1)


@pytest.fixture(autouse=True)
def nobody_else_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the clock gives a chat, or what made it wait, a moment before or after the reply, is chance."""
    monkeypatch.setattr(clock, "assign_everywhere", lambda: None)


@dataclass
class Play:
    """One chat on a site of its own, with the whole team behind it."""

    desk: Running
    shop: House
    visitor: Socket
    ana: Socket
    ben: Socket
    sue: Socket
    mia: Socket
    stranger: Socket
    chat: str = ""
    ids: "count[int]" = field(default_factory=lambda: count(1))
    whispered: "count[int]" = field(default_factory=lambda: count(1_000_000))

    def once(self) -> str:
        return str(UUID(int=next(self.ids)))

    def aside(self, **more: Any) -> dict[str, Any]:
        """The fields of a command that the visitor hears nothing of; with an id of its own."""
        return {"conversation": self.chat, "client_id": str(UUID(int=next(self.whispered))), **more}

    async def given(self) -> None:
        """Wait until the chat does not: Ana is there with room, and the clock may be giving it just now."""
        async with asyncio.timeout(10):
            while await db.read(Conversation.objects.filter(public_id=self.chat, state="queued").exists):
                await asyncio.sleep(0.01)

    async def position(self) -> int:
        reply = await self.mia.ok("open_conversation", conversation=self.chat)
        return int(reply["snapshot"]["position"])


Step = Callable[[Play], Awaitable[object]]

# What the visitor hears: the same in both plays.


async def agent_comes(play: Play) -> None:
    await play.ana.ok("set_status", status="online")


async def visitor_says(play: Play) -> None:
    await play.visitor.ok("post_message", conversation=play.chat, client_id=play.once(), body="And this?")


async def agent_answers(play: Play) -> None:
    await play.ana.ask("post_message", conversation=play.chat, client_id=play.once(), body="Like this.")


async def agent_types(play: Play) -> None:
    await play.ana.ask("set_typing", conversation=play.chat, typing=True, mode="reply")


async def agent_reads(play: Play) -> None:
    await play.ana.ok("mark_read", conversation=play.chat, position=await play.position())


async def agent_closes(play: Play) -> None:
    await play.ana.ask("close_conversation", conversation=play.chat, client_id=play.once())


async def visitor_ends(play: Play) -> None:
    await play.visitor.ok("end_conversation", conversation=play.chat, client_id=play.once())


async def visitor_resumes(play: Play) -> None:
    await play.visitor.ok("resume", conversation=play.chat, after=1)


async def visitor_pages(play: Play) -> None:
    await play.visitor.ok("page", conversation=play.chat, before=9, limit=3)


async def visitor_reads(play: Play) -> None:
    await play.visitor.ok("mark_read", conversation=play.chat, position=2)


async def visitor_asks_for_everything(play: Play) -> None:
    for topic in (f"site:{play.shop.site.public_key}", f"read:{play.chat}:agent"):
        await play.visitor.ok("refresh", topic=topic)


SAID: Sequence[Step] = (
    *(visitor_says, agent_answers, agent_types, agent_reads, agent_closes, visitor_ends),
    *(visitor_resumes, visitor_pages, visitor_reads, visitor_asks_for_everything),
)

# What the visitor must not hear.


def note_by(name: str) -> Step:
    async def write(play: Play) -> None:
        await getattr(play, name).ok("add_note", **play.aside(body="She asked before."))

    return write


def note_typed_by(name: str) -> Step:
    async def type_it(play: Play) -> None:
        await getattr(play, name).ok("set_typing", conversation=play.chat, typing=True, mode="note")

    return type_it


async def notes_are_read(play: Play) -> None:
    """By whose chat it is: as far as the visitor can see, nothing was read that was not read before."""
    await agent_reads(play)
    await play.ana.ok("add_note", **play.aside(body="To myself."))
    await agent_reads(play)


async def a_colleague_reads(play: Play) -> None:
    for colleague in (play.ben, play.sue, play.mia):
        await colleague.ok("open_conversation", conversation=play.chat)
        await colleague.ok("mark_read", conversation=play.chat, position=await play.position())


async def everybody_leaves(play: Play) -> None:
    for colleague in (play.ben, play.sue, play.mia):
        await colleague.ok("leave_conversation", conversation=play.chat)


async def the_team_comes_and_goes(play: Play) -> None:
    for status in ("finishing", "away", "offline"):
        await play.ben.ok("set_status", status=status)


async def a_window_opens_and_closes(play: Play) -> None:
    known = play.sue.token
    window = await play.desk.connect(StaffConsumer)
    await window.ok("hello", token=known)
    await window.ok("open_conversation", conversation=play.chat)
    await window.leave()


async def what_may_not_be_done_is_tried(play: Play) -> None:
    for person in (play.mia, play.stranger):
        for do in ("accept_conversation", "close_conversation", "reopen_conversation"):
            await person.refused(do, **play.aside())
        await person.refused("add_note", **play.aside(body="Not mine"))
        await person.refused("post_message", **play.aside(body="Not mine"))
        await person.refused("set_typing", conversation=play.chat, typing=True, mode="reply")
    await play.ben.refused("post_message", **play.aside(body="Not mine"))
    await play.ben.refused("set_typing", conversation=play.chat, typing=True, mode="reply")
    await play.ben.refused("no_such_thing")


async def the_team_looks_back(play: Play) -> None:
    await play.ben.ok("page", conversation=play.chat, before=99, limit=5)
    await play.ben.ok("refresh", topic=play.shop.queue.topic)
    await play.ben.ok("beat")


async def another_visitor_comes_and_goes(play: Play) -> None:
    other = await play.desk.visitor(play.shop.site)
    started = await other.ok("start_conversation", client_id=play.aside()["client_id"], body="Me too")
    chat = started["conversation"]
    await other.ok("post_message", **{**play.aside(body="Hello?"), "conversation": chat})
    await other.ok("set_typing", conversation=chat, typing=True)
    await other.ok("mark_read", conversation=chat, position=1)
    await other.ok("end_conversation", **{**play.aside(), "conversation": chat})
    await other.leave()


async def another_visitor_tries_this_chat(play: Play) -> None:
    other = await play.desk.visitor(play.shop.site)
    for do, fields in {
        "post_message": play.aside(body="Mine?"),
        "resume": {"conversation": play.chat, "after": 0},
        "mark_read": {"conversation": play.chat, "position": 1},
        "set_typing": {"conversation": play.chat, "typing": True},
        "end_conversation": play.aside(),
    }.items():
        assert await other.refused(do, **fields) == "not_found"
    await other.leave()


UNHEARD: Sequence[Step] = (
    *(note_by("ana"), note_by("ben"), note_by("sue"), note_typed_by("ana"), note_typed_by("ben")),
    *(a_colleague_reads, everybody_leaves, the_team_comes_and_goes, a_window_opens_and_closes),
    *(what_may_not_be_done_is_tried, the_team_looks_back),
    *(another_visitor_comes_and_goes, another_visitor_tries_this_chat),
)


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

"""Guarantee 9: the byte stream of a visitor is the same with and without staff-only activity."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support_chat.live.client import StaffClient
from tests.promises.overhearing import Ear, visitors_ear
from tests.promises.talking import take
from tests.services.open_house import OpenHouse

Speaker = Callable[..., Awaitable[object]]
Colleague = Callable[[StaffClient, str], Awaitable[object]]


async def write_a_note(ben: StaffClient, chat: str) -> None:
    await ben.request("add_note", conversation=chat, client_id=str(uuid4()), body="She asked before.")


async def look_in_and_leave(ben: StaffClient, chat: str) -> None:
    await ben.request("leave_conversation", conversation=chat)
    await ben.request("open_conversation", conversation=chat)


async def type_a_note(ben: StaffClient, chat: str) -> None:
    await ben.request("set_typing", conversation=chat, typing=True, mode="note")


async def read_back(ben: StaffClient, chat: str) -> None:
    await ben.request("page", conversation=chat, before=3, limit=10)


async def come_and_go(ben: StaffClient, chat: str) -> None:
    await ben.request("set_status", status="online")
    await ben.request("set_status", status="away")


BEHIND_THE_SCENES = [write_a_note, look_in_and_leave, type_a_note, read_back, come_and_go]


async def play(house: OpenHouse, noises: list[list[Colleague]]) -> list[list[str]]:
    """One chat with Ana while Ben is busy behind the scenes before every step; all that the visitor heard."""
    async with (
        house.staff("ana") as ana,
        house.staff("ben") as ben,
        visitors_ear(house.served.ws_url) as ear,
    ):
        await ana.set_status("online")
        await ear.ask("hello", site=house.key)
        (welcome, *_) = await ear.listen()
        ear.call(welcome["ok"]["visitor"]["name"], "Vera")
        await ear.ask("start_conversation", client_id=str(uuid4()), body="Hello")
        (chat,) = {frame["ok"]["conversation"] for frame in await ear.listen() if "ok" in frame}
        await take(ana, chat)
        await ben.open_conversation(chat)
        for (speaker, do, fields), noise in zip(the_chat(ear, ana), noises, strict=True):
            for make in noise:
                await make(ben, chat)
            await speaker(do, **completed(do, fields, chat))
            await ear.listen()
        return ear.steps


def completed(do: str, fields: dict[str, Any], chat: str) -> dict[str, Any]:
    """The fields of a command with the ids it needs."""
    if do == "beat":
        return fields
    once = {"client_id": str(uuid4())} if do in {"post_message", "close_conversation"} else {}
    return {"conversation": chat, **once, **fields}


def the_chat(ear: Ear, staff: StaffClient) -> list[tuple[Speaker, str, dict[str, Any]]]:
    """What is said in the open: by whom, which command, with what."""
    vera, ana = ear.ask, staff.request
    return [
        (vera, "beat", {}),
        (ana, "post_message", {"body": "Good morning."}),
        (vera, "post_message", {"body": "Do you have blue doors?"}),
        (ana, "set_typing", {"typing": True, "mode": "reply"}),
        (vera, "beat", {}),
        (ana, "mark_read", {"position": 2}),
        (ana, "close_conversation", {}),
        (vera, "resume", {"after": 0}),
    ]


SILENCE: list[list[Colleague]] = [[]] * 8
NOISE = st.lists(st.lists(st.sampled_from(BEHIND_THE_SCENES), max_size=2), min_size=8, max_size=8)


@pytest.fixture
async def quiet_house(open_house: Callable[..., OpenHouse]) -> tuple[OpenHouse, list[list[str]]]:
    """A house, and what a visitor hears in it while nobody does anything behind the scenes."""
    house = open_house()
    return house, await play(house, SILENCE)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a smaller example is not worth the minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(noises=NOISE)
async def test_a_visitor_hears_the_same_with_and_without_what_the_staff_does_among_itself(
    quiet_house: tuple[OpenHouse, list[list[str]]], noises: list[list[Colleague]]
) -> None:
    house, plain = quiet_house
    assert any("Good morning." in frame for step in plain for frame in step)
    assert await play(house, noises) == plain

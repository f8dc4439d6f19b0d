"""Where a visitor is, on what, and what the team noted of them: seen beside the chat, and by nobody else."""

from typing import Any
from unittest.mock import patch

import pytest

from support_chat.desk import db, earlier_chats
from support_chat.desk.models import Visitor
from support_chat.settings.chat import TRAIL
from tests.desk.people import house
from tests.desk.running import Socket, running
from tests.flows.stage import asks, does, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def beside(ana: Socket, chat: str) -> dict[str, Any]:
    opened = await ana.ok("open_conversation", conversation=chat)
    return dict(opened["about"]["visitor"])


def page(name: str) -> str:
    return f"https://shop.example/{name}"


async def test_the_team_sees_on_which_page_and_in_which_tab_a_visitor_is(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, visitor = await stage.agent("ana"), await stage.visitor()
        assert "visit" in visitor.welcome["features"]
        chat = await asks(visitor)
        await ana.ok("open_conversation", conversation=chat)
        await visitor.ok("visit", page=page("doors?token=secret#x"), zone="Europe/Berlin", hidden=True)
        told = await ana.event("visitor_changed", page=page("doors"))
        assert (told["hidden"], told["zone"]) == (True, "Europe/Berlin")
        await visitor.ok("visit", page=page("doors"), zone="Mars/Olympus", hidden=False)
        told = await ana.event("visitor_changed", zone="Europe/Berlin", here=True)
        assert (await beside(ana, chat))["hidden"] is False


async def test_of_the_pages_the_last_twenty_are_kept_without_their_queries(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, visitor = await stage.agent("ana"), await stage.visitor()
        chat = await asks(visitor)
        for number in (*range(TRAIL + 3), TRAIL + 2):
            await visitor.ok("visit", page=page(f"{number}?q=secret"))
        seen = await beside(ana, chat)
        assert [each["page"] for each in seen["trail"]] == [page(str(n)) for n in range(3, TRAIL + 3)]


async def test_before_their_first_word_it_is_kept_where_they_are_and_not_their_way(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor = await stage.visitor()
        for name in ("one", "two?q=secret"):
            await visitor.ok("visit", page=page(name), zone="Europe/Berlin", hidden=True)
        row = await db.read(Visitor.objects.get)
        assert (row.page, row.trail, row.zone, row.hidden) == (page("two"), [], "Europe/Berlin", True)
        await asks(visitor)
        await visitor.ok("visit", page=page("two"))
        assert [each["page"] for each in (await db.read(Visitor.objects.get)).trail] == [page("two")]


async def test_the_team_sees_whence_a_visitor_came_to_the_website(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, visitor = await stage.agent("ana"), await stage.visitor()
        assert "referrer" in visitor.welcome["features"]
        chat = await asks(visitor)
        await ana.ok("open_conversation", conversation=chat)
        await visitor.ok("visit", page=page("doors"), referrer="https://search.example/find?q=secret#x")
        await ana.event("visitor_changed", referrer="https://search.example/find")
        await visitor.ok("visit", page=page("cart"), referrer=page("doors"))
        assert (await beside(ana, chat))["referrer"] == "https://search.example/find"
        assert "secret" not in str(ana.frames)


async def test_who_ends_and_forgets_it_all_leaves_no_trail(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor = await stage.visitor()
        await asks(visitor)
        where = {"page": page("doors"), "referrer": "https://search.example/"}
        await visitor.ok("visit", **where, zone="Europe/Berlin")
        assert (await db.read(Visitor.objects.get)).referrer
        await visitor.ok("forget")
        row = await db.read(Visitor.objects.get)
        assert (row.page, row.trail, row.zone, row.device, row.referrer) == ("", [], "", "", "")


async def test_a_note_on_the_person_is_read_beside_each_chat_and_never_by_them(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, ben = await stage.agent("ana"), await stage.agent("ben")
        visitor = await stage.visitor()
        chat = await asks(visitor)
        await ben.ok("open_conversation", conversation=chat)
        await ana.ok("set_person_note", conversation=chat, text="  Prefers the morning. ")
        await ben.event("visitor_changed", note="Prefers the morning.")
        assert (await beside(ana, chat))["note"] == "Prefers the morning."
        again = await stage.visitor(visitor.token)
        assert "morning" not in str([*visitor.frames, *again.frames])
        await ana.ok("set_person_note", conversation=chat)
        await ben.event("visitor_changed", note="")


async def test_a_note_goes_over_what_was_read_and_not_over_what_a_colleague_made_of_it(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, ben = await stage.agent("ana"), await stage.agent("ben")
        assert "note_read" in ana.welcome["features"]
        chat = await asks(await stage.visitor())
        await ben.ok("set_person_note", conversation=chat, text="Likes blue.", read="")
        again = {"conversation": chat, "text": "Has a dog.", "read": ""}
        refused = (await ana.ask("set_person_note", **again))["error"]
        assert (refused["code"], refused["note"]) == ("note_changed", "Likes blue.")
        assert (await beside(ana, chat))["note"] == "Likes blue."
        await ana.ok("set_person_note", **again | {"read": "Likes blue."})
        await ana.ok("set_person_note", **again)  # it says so already
        assert (await beside(ben, chat))["note"] == "Has a dog."


async def test_what_was_hidden_in_a_note_is_no_change_of_it(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, chat = await stage.agent("ana"), await asks(await stage.visitor())
        words = "Pays by 4242 4242 4242 4242"
        await ana.ok("set_person_note", conversation=chat, text=words)
        await ana.ok("set_person_note", conversation=chat, text="Pays by card", read=words)


async def test_a_note_on_somebody_of_another_team_is_not_found(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor = await stage.visitor()
        chat = await asks(visitor)
        stranger = await desk.staff(await db.run(lambda: house("Elsewhere").staff("eve")))
        assert await stranger.refused("set_person_note", conversation=chat, text="x") == "not_found"


async def test_the_chats_before_the_newest_are_read_on_and_only_by_who_may_read_the_chat(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage, elsewhere = await set_stage(desk), await set_stage(desk)
        ana, eve, vera = await stage.agent("ana"), await elsewhere.agent("eve"), await stage.visitor()
        with patch.object(earlier_chats, "PAGE", 2):
            for number in range(3):
                await does(vera, "end_conversation", await asks(vera, f"Question {number}"))
            chat = await asks(vera)
            told = (await ana.ok("open_conversation", conversation=chat))["about"]
            assert [each["topic"] for each in told["history"]] == ["Question 2", "Question 1"]
            further = {"conversation": chat, "after": told["history_next"]}
            page = await ana.ok("list_earlier_chats", **further)
            assert ([each["topic"] for each in page["history"]], page["next"]) == (["Question 0"], None)
            assert await eve.refused("list_earlier_chats", **further) == "not_found"
            assert await vera.refused("list_earlier_chats", **further) == "unknown_command"

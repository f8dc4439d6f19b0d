"""The team's live list of who opened the chat, an invitation from it, and the visitor's answer."""

import asyncio
from typing import Any

import pytest

from support_chat.desk import db
from support_chat.desk.models import Site, Visitor
from tests.desk.people import house
from tests.desk.running import PATIENCE, Socket, running
from tests.flows.stage import Stage, asks, hears, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"rules": [{"words": "Any questions?", "path": "*", "after": 30, "when": "always"}]}


async def a_site_that_invites(desk: Any) -> Stage:
    stage = await set_stage(desk)
    await db.run(lambda: Site.objects.update(invitations=RULES))
    return stage


async def listed(person: Socket) -> list[str]:
    return [each["name"] for each in (await person.ok("list_visitors"))["visitors"]]


async def one_there(person: Socket) -> dict[str, Any]:
    """The only one of the list, once they are said to be there."""
    rows: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        while not rows:
            rows = (await person.ok("list_visitors"))["visitors"]
    return rows[0]


async def nobody_there(person: Socket) -> None:
    """Waits until the list is empty."""
    async with asyncio.timeout(PATIENCE):
        while await listed(person):
            pass


def changes(person: Socket) -> int:
    return sum(event["event"] == "visitors_changed" for event in person.events)


async def test_who_has_the_list_open_is_told_of_each_change_and_others_are_not(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await a_site_that_invites(desk)
        ana, ben = await stage.agent("ana"), await stage.agent("ben")
        assert "on_site" in ana.welcome["features"]
        assert await listed(ana) == []
        vera = await stage.visitor()
        await ana.event("visitors_changed", site=stage.shop.site.public_key)
        assert (await one_there(ana))["name"] == vera.welcome["visitor"]["name"]
        before = changes(ana)
        await vera.leave()
        await ana.until(lambda: changes(ana) > before)
        await nobody_there(ana)
        await ana.ok("leave_visitors")
        before = changes(ana)
        chat = await asks(await stage.visitor())
        for console in (ana, ben):
            await row(console, chat, lambda each: each["state"] == "active")
        assert (changes(ana), changes(ben)) == (before, 0)


async def test_a_visitor_reads_the_invitation_and_their_chat_answers_it(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await a_site_that_invites(desk)
        ana, vera = await stage.agent("ana"), await stage.visitor()
        window = await stage.visitor(vera.token)
        there = await one_there(ana)
        assert there["words"] == "Any questions?"
        await ana.ok("invite_visitor", visitor=there["id"], text="Any questions?")
        heard = await vera.event("invitation_changed")
        assert (heard["invitation"]["name"], heard["invitation"]["text"]) == ("Ana", "Any questions?")
        later = await stage.visitor(vera.token)
        assert later.welcome["invitation"] == heard["invitation"]
        chat = await asks(vera, "Yes: what is it in euros?")
        await window.event("invitation_changed", invitation=None)
        await row(ana, chat, lambda each: each["agent"] is not None)
        (own,) = (await ana.ok("list_visitors"))["invited"]
        assert (own["state"], own["conversation"]) == ("answered", chat)
        again = await stage.visitor(vera.token)
        assert "invitation" not in again.welcome
        opened = next(each for each in again.welcome["conversation"]["entries"] if each["kind"] == "opened")
        assert opened["body"] == {}, "what the team knows of it is the team's"


async def test_no_thanks_is_seen_by_the_agent_and_holds_for_a_day(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await a_site_that_invites(desk)
        ana, vera = await stage.agent("ana"), await stage.visitor()
        there = await one_there(ana)
        await ana.ok("invite_visitor", visitor=there["id"], text="Any questions?")
        invitation = (await vera.event("invitation_changed"))["invitation"]
        before = changes(ana)
        await vera.ok("decline_invitation", invitation=invitation["id"])
        await vera.event("invitation_changed", invitation=None)
        await ana.until(lambda: changes(ana) > before)
        told = await ana.ok("list_visitors")
        assert (told["invited"][0]["state"], told["visitors"][0]["barred"]) == ("declined", "lately")
        assert await ana.refused("invite_visitor", visitor=there["id"], text="Sure?") == "not_allowed"


async def test_an_id_alone_opens_nothing(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await a_site_that_invites(desk)
        vera = await stage.visitor()
        eve = await desk.staff(await db.run(lambda: house("Elsewhere").staff("eve")), status="online")
        known = vera.welcome["visitor"]["id"]
        assert await listed(eve) == []
        assert await eve.refused("invite_visitor", visitor=known, text="Hello?") == "not_found"
        assert await eve.refused("refresh", topic=stage.shop.site.visitors_topic) == "not_found"
        assert await vera.refused("list_visitors") == "unknown_command"
        assert await vera.refused("refresh", topic=stage.shop.site.visitors_topic) == "not_found"


async def test_whoever_only_opened_the_chat_is_here_and_has_left_when_their_last_window_goes(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        vera = await stage.visitor()
        window = await stage.visitor(vera.token)
        ana = await stage.agent("ana")
        await one_there(ana)
        assert (await db.read(Visitor.objects.get)).here
        await vera.leave()
        assert len(await listed(ana)) == 1
        await window.leave()
        await nobody_there(ana)


async def test_what_an_invited_visitor_hears_says_nothing_of_the_team(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await a_site_that_invites(desk)
        ana, vera = await stage.agent("ana"), await stage.visitor()
        there = await one_there(ana)
        await ana.ok("invite_visitor", visitor=there["id"], text="Any questions?")
        await vera.event("invitation_changed")
        chat = await asks(vera)
        await ana.ok("open_conversation", conversation=chat)
        await says(ana, chat, "Yes?")
        await hears(vera, "Yes?")
        agent = ana.welcome["agent"]
        assert agent["id"] not in str(vera.frames)
        assert "Costa" not in str(vera.frames)

"""A customer signs in on the laptop and on the phone; somebody else would like to read along."""

import pytest

from support_chat.desk import db
from support_chat.desk.actions.identity_keys import revoke_identity_key
from tests.desk.identities import key_of, signed
from tests.desk.people import house
from tests.desk.running import Socket, running
from tests.flows.stage import Stage, asks, does, hears, says, set_stage
from widget.consumers import VisitorConsumer

pytestmark = pytest.mark.django_db(transaction=True)


async def closed_with(socket: Socket, code: int) -> None:
    await socket.until(lambda: socket.close_code == code)


async def test_one_customer_on_two_devices_has_one_chat_and_whoever_held_the_old_secret_hears_nothing() -> (
    None
):
    async with running() as desk:
        stage: Stage = await set_stage(desk)
        site = stage.shop.site
        key = await db.run(key_of, stage.shop)
        ana = await stage.agent("ana")
        laptop = await stage.visitor()
        chat = await asks(laptop, "Where is my order?")
        thief = await stage.visitor(laptop.token)
        await ana.ok("open_conversation", conversation=chat)
        signed_in = await desk.visitor(site, laptop.token, identity=signed(key))
        assert signed_in.welcome["visitor"]["verified"] is True
        assert signed_in.welcome["conversation"]["id"] == chat
        await closed_with(thief, 4401)
        told = await ana.event("visitor_changed", conversation=chat, here=True)
        changed = [each for each in ana.events if each["event"] == "visitor_changed" and "who" in each]
        assert told
        assert changed[-1]["who"]["name"] == "Bea Lind"
        phone = await desk.visitor(site, None, identity=signed(key))
        assert phone.welcome["conversation"]["id"] == chat
        await says(ana, chat, "On its way.")
        for device in (signed_in, phone):
            await hears(device, "On its way.")
        assert "On its way." not in str(thief.frames)


async def test_signing_out_ends_this_browser_alone_and_a_revoked_key_all_that_came_by_it() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        site = stage.shop.site
        key = await db.run(key_of, stage.shop)
        laptop, phone = [await desk.visitor(site, None, identity=signed(key)) for _ in range(2)]
        laptop.token, phone.token = laptop.welcome["token"], phone.welcome["token"]
        tab = await desk.visitor(site, laptop.token)
        laptop.send("sign_out")
        for socket in (laptop, tab):
            await closed_with(socket, 4401)
        await phone.ok("beat")
        again = await desk.connect(VisitorConsumer)
        assert await again.refused("hello", site=site.public_key, token=laptop.token) == "unknown_token"
        boss = await db.run(stage.shop.staff, "boss", role="manager", answers=False)
        await db.run(revoke_identity_key, staff=boss, site=site.public_key, key_id=key.key_id)
        await closed_with(phone, 4401)


async def test_a_wrong_identity_is_refused_by_one_word_and_makes_nobody() -> None:
    async with running() as desk:
        shop = await db.run(house)
        key = await db.run(key_of, shop)
        socket = await desk.connect(VisitorConsumer)
        for identity in (signed(key, aud="another"), "a.b.c"):
            refusal = await socket.refused("hello", site=shop.site.public_key, identity=identity)
            assert refusal == "bad_identity"
        for identity in ("", "abc", ["a.b.c"], "a.b.c\n", "x" * 9000):
            refusal = await socket.refused("hello", site=shop.site.public_key, identity=identity)
            assert refusal == "bad_field"
            break


async def test_where_they_are_merged_the_other_device_comes_again_and_finds_the_chat() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        site = stage.shop.site
        key = await db.run(key_of, stage.shop)
        phone = await desk.visitor(site, None, identity=signed(key))
        laptop = await stage.visitor()
        chat = await asks(laptop)
        await desk.visitor(site, laptop.token, identity=signed(key))
        await closed_with(phone, 4012)
        back = await desk.visitor(site, phone.welcome["token"])
        assert back.welcome["conversation"]["id"] == chat


async def test_both_devices_hear_what_either_writes_reads_and_ends() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        site, key, ana = stage.shop.site, await db.run(key_of, stage.shop), await stage.agent("ana")
        laptop, phone = [await desk.visitor(site, None, identity=signed(key)) for _ in range(2)]
        chat = await asks(laptop, "Where is my order?")
        await phone.event("conversation_changed", conversation=chat)
        phone = await desk.visitor(site, phone.welcome["token"])
        assert phone.welcome["conversation"]["id"] == chat
        await says(phone, chat, "It is number 1042.")
        await hears(laptop, "It is number 1042.")
        opened = await ana.ok("open_conversation", conversation=chat)
        await ana.ok("mark_read", conversation=chat, position=opened["snapshot"]["position"])
        for device in (laptop, phone):
            await device.event("read", by={"role": "agent"})
        await says(ana, chat, "On its way.")
        answer = await hears(phone, "On its way.")
        await phone.ok("mark_read", conversation=chat, position=answer["position"])
        await laptop.event("read", by={"role": "visitor"}, position=answer["position"])
        await does(phone, "end_conversation", chat)
        await laptop.event("conversation_changed", conversation=chat, state="closed")
        for device in (laptop, phone):
            assert device.entries()[-1]["kind"] == "closed"
        again = await desk.visitor(site, laptop.welcome["token"])
        assert (again.welcome["conversation"], again.welcome["last"]["id"]) == (None, chat)

"""What several of a team do with a chat and with each other, for the documents to be compared with."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from support_chat.desk import db
from support_chat.desk.actions.own_settings import change_own_settings
from support_chat.desk.models import Site, User
from tests.desk.running import Socket
from tests.flows.stage import Stage, asks, hears, row, says


def works(site: Site) -> None:
    Site.objects.filter(pk=site.pk).update(mail_works_at=timezone.now())


def once(chat: str) -> dict[str, Any]:
    return {"conversation": chat, "client_id": str(uuid4())}


async def be_invited(stage: Stage) -> None:
    """Who only opened the chat is seen and invited; one says no, one writes."""
    rule = {"words": "Any questions?", "path": "*", "after": 30, "when": "always"}
    await db.run(lambda: Site.objects.filter(pk=stage.shop.site.pk).update(invitations={"rules": [rule]}))
    fox, ivy, jon = await stage.agent("fox"), await stage.visitor(), await stage.visitor()
    await fox.ok("list_visitors")
    for visitor in (ivy, jon):
        known = visitor.welcome["visitor"]["id"]
        await fox.ok("invite_visitor", visitor=known, text="Any questions?")
        await visitor.event("invitation_changed")
    await stage.visitor(ivy.token)
    await ivy.ok("decline_invitation", invitation=ivy.events[-1]["invitation"]["id"])
    chat = await asks(jon)
    await fox.event("visitors_changed")
    await fox.ok("list_visitors")
    await fox.ok("open_conversation", conversation=chat)
    await fox.ok("leave_visitors")


async def be_together(stage: Stage) -> None:
    """A chat with colleagues beside whose it is; and one that is none."""
    eva = await stage.agent("eva")
    chat = await asks(vera := await stage.visitor())
    await row(eva, chat, lambda row: row["state"] == "active")
    fay = await stage.agent("fay", status="away")
    gus = await stage.desk.staff(await db.run(stage.shop.staff, "gus", role="supervisor"), status="online")
    for person in (eva, fay, gus):
        await person.ok("open_conversation", conversation=chat)
        await person.ok("look_at", conversation=chat, asks=True)
    await eva.event("viewing")
    await be_read_along(eva, gus, chat)
    await eva.ok("add_note", **once(chat), body="@Fay Costa knows this.")
    await fay.event("mentions_changed", unread=1)
    await fay.ok("see_mentions", conversation=chat, position=99)
    await gus.ok("whisper", **once(chat), body="Offer a refund.")
    await be_beside(eva, fay, gus, chat)
    await hears(vera, "Order 1042 left.")
    await be_no_chat(eva, vera, chat)
    await be_of_ones_own_mind(eva, "eva")


async def be_read_along(eva: Socket, gus: Socket, chat: str) -> None:
    """A supervisor reads what the agent writes, who is told so."""
    ids = [each.welcome["agent"]["id"] for each in (eva, gus)]
    await gus.ok("look_at", conversation=chat, reads=ids[0])
    await eva.event("viewing", reads=True)
    await eva.ok("share_draft", conversation=chat, mode="reply", text="It left", readers=ids[1:])
    await gus.event("draft_shared")


async def be_of_ones_own_mind(ana: Socket, username: str) -> None:
    """An agent who sets something for themselves."""
    user = await db.read(User.objects.get, username=username)
    await db.run(change_own_settings, user=user, undo_send=5)
    await ana.event("own_settings_changed", undo_send=5)


async def be_beside(eva: Socket, fay: Socket, gus: Socket, chat: str) -> None:
    ids = {name: each.welcome["agent"]["id"] for name, each in (("fay", fay), ("gus", gus))}
    await fay.ok("ask_to_join", **once(chat))
    await eva.ok("invite_agent", **once(chat), agent=ids["fay"])
    await eva.ok("call_help", **once(chat), reason="He shouts.")
    await gus.ok("join_conversation", **once(chat))
    await says(fay, chat, "Order 1042 left.")
    late = {**once(chat), "body": "I look for it.", "seen": 1}
    assert await eva.refused("post_message", **late) == "crossed"
    await fay.ok("set_typing", conversation=chat, typing=True, mode="reply")
    await eva.ok("end_participation", **once(chat), agent=ids["fay"])
    await gus.ok("end_participation", **once(chat), agent=ids["gus"])
    await eva.ok("invite_agent", **once(chat), agent=ids["fay"])
    await fay.ok("end_participation", **once(chat), agent=ids["fay"])


async def be_no_chat(eva: Socket, vera: Socket, chat: str) -> None:
    await eva.ok("weigh_block", conversation=chat)
    await eva.ok("block_visitor", **once(chat), by="visitor", lasts="hour")
    assert await vera.refused("post_message", **once(chat), body="You!") == "blocked"
    await eva.ok("mark_spam", **once(chat), spam=True)


async def be_merged(stage: Stage) -> None:
    """Two visitors who left the same address."""
    await db.run(works, stage.shop.site)
    uma = await stage.desk.staff(await db.run(stage.shop.staff, "uma"))
    for _ in range(2):
        visitor = await stage.visitor()
        form = {"email": "twice@mail.example"}
        start = {"client_id": str(uuid4()), "body": "Hello", "form": form}
        chat = (await visitor.ok("start_conversation", **start))["conversation"]
    await row(uma, chat, lambda row: row["reply_to"] is not None)
    [other] = (await uma.ok("open_conversation", conversation=chat))["about"]["alike"]
    await uma.ok("merge_visitors", **once(chat), visitor=other["id"])
    [same] = (await uma.ok("open_conversation", conversation=chat))["about"]["same"]
    await uma.ok("unmerge_visitors", **once(chat), visitor=same["id"])


async def be_put_in_order(stage: Stage) -> None:
    """A chat that is tagged, put aside and found again, by a view, by conditions and by a filter."""
    sue = await stage.desk.staff(await db.run(stage.shop.staff, "sol", role="supervisor"), status="online")
    chat, site = await asks(await stage.visitor()), stage.shop.site.public_key
    await row(sue, chat, lambda row: row["state"] == "active")
    await says(sue, chat, "I shall ask.")
    await sue.ok("tag_conversation", **once(chat), add=["Late"])
    await sue.ok("tag_conversation", **once(chat), add=["lost"], remove=["late"])
    assert await sue.ok("list_tags") == {"tags": [{"site": site, "name": "lost"}]}
    tomorrow = {"when": "tomorrow 9", "zone": "Europe/Berlin"}
    assert (await sue.ok("read_time", **tomorrow))["at"]
    assert await sue.ok("read_time", when="soon", zone="UTC") == {"at": None}
    await sue.ok("snooze_conversation", **once(chat), **tomorrow)
    await row(sue, chat, lambda row: row["snoozed"] is not None and row["tags"] == ["lost"])
    assert (await sue.ok("list_conversations", which={"view": "snoozed"}))["total"] == 1
    await sue.ok("wake_conversation", **once(chat))
    await row(sue, chat, lambda row: row["woken"] is not None)
    await sue.ok("watch_lists")
    await says(sue, chat, "It is on its way.")
    await sue.event("lists_changed")
    await sue.ok("leave_lists")
    rules = {"groups": [{"conditions": [{"field": "tag", "value": "lost"}]}]}
    kept = {"client_id": str(uuid4()), "site": site, "name": "Lost", "rules": rules, "shared": True}
    saved = (await sue.ok("save_filter", **kept))["filter"]
    assert await sue.ok("list_filters") == {"filters": [saved], "shares": [site]}
    found = await sue.ok("list_conversations", which={"filter": saved["id"]}, limit=1)
    assert [each["conversation"] for each in found["rows"]] == [chat]
    every = {"client_id": str(uuid4()), "which": {"rules": rules}}
    made = await sue.ok("change_conversations", **every, deed={"what": "tag", "tag": "seen"})
    assert (made["done"], made["next"]) == ([chat], None)
    await sue.ok("list_earlier_chats", conversation=chat, after=f"{10**15}.1")
    await sue.ok("delete_filter", filter=saved["id"])
    assert await sue.refused("list_conversations", which={"filter": saved["id"]}) == "not_found"

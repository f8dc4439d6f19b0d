"""One chat with a whole team behind it: what its visitor hears of, and what they must not hear."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from agents.consumers import StaffConsumer
from support_chat.desk import db
from support_chat.desk.models import Conversation
from tests.desk.people import House
from tests.desk.running import Running, Socket


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


def drafted_by(name: str) -> Step:
    async def begin(play: Play) -> None:
        for mode in ("reply", "note"):
            draft = {"conversation": play.chat, "mode": mode}
            await getattr(play, name).ok("save_draft", **draft, text="Dear Robin, she")

    return begin


async def notes_are_read(play: Play) -> None:
    """By whose chat it is: as far as the visitor can see, nothing was read that was not read before."""
    await agent_reads(play)
    await play.ana.ok("add_note", **play.aside(body="To myself."))
    await agent_reads(play)


def named_by(name: str) -> Step:
    async def write(play: Play) -> None:
        number = play.shop.site.name.removeprefix("Shop ")
        body = f"@Ana{number} Costa @Ben{number} Costa: she asked before."
        await getattr(play, name).ok("add_note", **play.aside(body=body))
        await play.ben.ok("see_mentions", conversation=play.chat, position=await play.position())

    return write


async def the_supervisor_whispers(play: Play) -> None:
    """Where somebody has it; else there is nobody to whisper to."""
    await play.sue.ask("whisper", **play.aside(body="Offer her a refund."))


async def the_team_looks_at_it(play: Play) -> None:
    for colleague in (play.ana, play.ben, play.sue):
        await colleague.ok("look_at", conversation=play.chat, asks=True)
    for colleague in (play.ana, play.ben, play.sue):
        await colleague.ok("look_at")


async def the_team_reads_along(play: Play) -> None:
    ana, sue = play.ana.welcome["agent"]["id"], play.sue.welcome["agent"]["id"]
    await play.sue.ok("look_at", conversation=play.chat, reads=ana)
    for mode in ("reply", "note"):
        draft = {"conversation": play.chat, "mode": mode, "text": "Dear Robin, she"}
        await play.ana.ask("share_draft", **draft, readers=[sue])
    await play.sue.ok("look_at")


async def a_colleague_is_asked_in_and_does_not_come(play: Play) -> None:
    ben = play.ben.welcome["agent"]["id"]
    await play.ana.ask("invite_agent", **play.aside(agent=ben))
    await play.ben.ask("end_participation", **play.aside(agent=ben))
    await play.ben.ask("ask_to_join", **play.aside())
    await play.ana.ask("end_participation", **play.aside(agent=ben))
    await play.ana.ask("call_help", **play.aside(reason="He shouts."))


async def a_closed_chat_is_spam_for_a_while(play: Play) -> None:
    if await db.read(Conversation.objects.filter(public_id=play.chat, state="closed").exists):
        await play.ben.ok("mark_spam", **play.aside(spam=True))
        await play.ben.ok("mark_spam", **play.aside(spam=False))


async def a_block_is_weighed(play: Play) -> None:
    await play.sue.ok("weigh_block", conversation=play.chat)


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


async def the_supervisor_changes_whose_turn_it_is(play: Play) -> None:
    for priority in ("urgent", "low"):
        await play.sue.ask("set_priority", **play.aside(priority=priority, reason="Paid."))
    await play.sue.ask("move_to_front", **play.aside(reason="Leaves for the airport."))
    await play.sue.ok("explain", conversation=play.chat)


async def a_colleague_declines_it(play: Play) -> None:
    """Of a chat that somebody has: else it would be given to whoever comes."""
    if await db.read(Conversation.objects.filter(public_id=play.chat, state="active").exists):
        await play.ben.ok("set_status", status="online")
        to = play.ben.welcome["agent"]["id"]
        await play.ana.ok("transfer_conversation", **play.aside(to_agent=to, note="She asked before."))
        await play.ben.ok("decline_conversation", **play.aside(reason="On the phone."))
        await play.ben.ok("set_status", status="away")


async def what_may_not_be_done_is_tried(play: Play) -> None:
    for person in (play.mia, play.stranger):
        for do in ("accept_conversation", "close_conversation", "reopen_conversation"):
            await person.refused(do, **play.aside())
        await whose_turn_it_is_is_tried(play, person)
        await person.refused("add_note", **play.aside(body="Not mine"))
        await person.refused("post_message", **play.aside(body="Not mine"))
        await person.refused("set_typing", conversation=play.chat, typing=True, mode="reply")
        await person.refused("save_draft", conversation=play.chat, mode="reply", text="Mine")
    await play.ben.refused("post_message", **play.aside(body="Not mine"))
    await play.ben.refused("set_typing", conversation=play.chat, typing=True, mode="reply")
    await whose_turn_it_is_is_tried(play, play.ben)
    await play.ben.refused("no_such_thing")


async def whose_turn_it_is_is_tried(play: Play, person: Socket) -> None:
    to_me = play.ben.welcome["agent"]["id"]
    for do in ("decline_conversation", "look_up"):
        await person.refused(do, **play.aside())
    await person.refused("transfer_conversation", **play.aside(to_agent=to_me, note="Mine"))
    await person.refused("transfer_conversation", **play.aside(to_queue=play.shop.queue.public_id))
    await person.refused("assign_conversation", **play.aside(to_agent=to_me, reason="Mine", force=True))
    for do in ("join_conversation", "call_help"):
        await person.refused(do, **play.aside())
    await person.refused("invite_agent", **play.aside(agent=to_me))
    await person.refused("whisper", **play.aside(body="Mine"))
    await person.refused("move_to_front", **play.aside(reason="Mine"))
    await person.refused("set_priority", **play.aside(priority="urgent", reason="Mine"))
    notice = play.aside(body="Mine")
    await person.ask("notify_waiting", **{"conversations": [notice.pop("conversation")], **notice})


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


def tagged_by(name: str) -> Step:
    async def tag(play: Play) -> None:
        await getattr(play, name).ok("tag_conversation", **play.aside(add=["late", "Order"]))
        await getattr(play, name).ok("tag_conversation", **play.aside(remove=["late"]))

    return tag


async def it_is_tried_to_merge_them(play: Play) -> None:
    shown = await play.ana.ok("open_conversation", conversation=play.chat)
    other = await play.desk.visitor(play.shop.site)
    assert shown["about"]["alike"] == []
    await play.ana.refused("merge_visitors", **play.aside(visitor=other.welcome["visitor"]["id"]))
    await other.leave()


async def it_is_put_aside_for_a_moment(play: Play) -> None:
    """By whoever has it, and only while nobody waits: what it costs the visitor is Ana's room."""
    await play.ana.ask("snooze_conversation", **play.aside(when="tomorrow 9", zone="Europe/Berlin"))
    await play.ana.ask("wake_conversation", **play.aside())
    every = {"which": {"conversations": [play.chat]}, "client_id": str(UUID(int=next(play.whispered)))}
    await play.sue.ok("change_conversations", **every, deed={"what": "tag", "tag": "seen"})


UNHEARD: Sequence[Step] = (
    *(tagged_by("ana"), tagged_by("ben"), it_is_put_aside_for_a_moment, it_is_tried_to_merge_them),
    *(note_by("ana"), note_by("ben"), note_by("sue"), note_typed_by("ana"), note_typed_by("ben")),
    *(drafted_by("ana"), drafted_by("ben"), named_by("ana"), named_by("sue")),
    *(the_supervisor_whispers, the_team_looks_at_it, the_team_reads_along),
    *(a_colleague_is_asked_in_and_does_not_come,),
    *(a_closed_chat_is_spam_for_a_while, a_block_is_weighed),
    *(a_colleague_reads, everybody_leaves, the_team_comes_and_goes, a_window_opens_and_closes),
    *(the_supervisor_changes_whose_turn_it_is, a_colleague_declines_it),
    *(what_may_not_be_done_is_tried, the_team_looks_back),
    *(another_visitor_comes_and_goes, another_visitor_tries_this_chat),
)

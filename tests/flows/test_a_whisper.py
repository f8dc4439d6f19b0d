"""A whisper is read by whom it was said to, by its author and by whoever oversees the queue; the rest of the
team counts it, and reads no word of it, live or later."""

from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.access import Staff
from support_chat.desk.search.keeping import keep_up
from tests.desk.running import Socket, running
from tests.flows.stage import Stage, asks, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Offer a refund."


class Team:
    """Ana, whose chat it is; Gil, her guest; Ben, a colleague; Sue and Tom, supervisors; Mia, the manager."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people: dict[str, Socket] = {}

    async def come(self) -> str:
        for name in ("ana", "gil", "ben"):
            self.people[name] = await self.stage.agent(name, status="online" if name == "ana" else "away")
        for name, role in (("sue", "supervisor"), ("tom", "supervisor"), ("mia", "manager")):
            who: Staff = await db.run(self.stage.shop.staff, name, role=role)
            self.people[name] = await self.stage.desk.staff(who)
        chat = await asks(await self.stage.visitor())
        await row(self["ana"], chat, lambda row: row["state"] == "active")
        for each in self.people.values():
            await each.ok("open_conversation", conversation=chat)
        guest = {"conversation": chat, "agent": self.id("gil")}
        await self["ana"].ok("invite_agent", **guest, client_id=str(uuid4()))
        await self["gil"].ok("join_conversation", conversation=chat, client_id=str(uuid4()))
        return chat

    def __getitem__(self, name: str) -> Socket:
        return self.people[name]

    def id(self, name: str) -> str:
        return str(self[name].welcome["agent"]["id"])

    async def whisper(self, chat: str) -> int:
        """Its position, once everybody has heard what came after it."""
        whispered = {"conversation": chat, "client_id": str(uuid4()), "body": WORDS}
        at = int((await self["sue"].ok("whisper", **whispered))["position"])
        last = (await says(self["ana"], chat, "One moment."))["position"]
        for each in self.people.values():
            await each.until(lambda each=each: each.entries()[-1]["position"] >= last)
        return at

    def heard(self, name: str, at: int) -> dict[str, Any]:
        return next(dict(entry) for entry in self[name].entries() if entry["position"] == at)

    async def opened(self, name: str, chat: str, after: int | None = None) -> list[dict[str, Any]]:
        known = {"after": after} if after else {}
        told = await self[name].ok("open_conversation", conversation=chat, **known)
        return list(told["entries"] if after else told["snapshot"]["entries"])

    async def paged(self, name: str, chat: str) -> list[dict[str, Any]]:
        return list((await self[name].ok("page", conversation=chat, before=99, limit=99))["entries"])


async def test_who_may_read_a_whisper_reads_it_and_who_may_not_counts_it_without_a_word() -> None:
    async with running() as desk:
        team = Team(await set_stage(desk))
        chat = await team.come()
        at = await team.whisper(chat)
        to = {"id": team.id("ana"), "name": "Ana Costa"}
        for name in team.people:
            body = {"to": to} if name in ("gil", "ben") else {"text": WORDS, "to": to}
            page, live = await team.paged(name, chat), team.heard(name, at)
            snapshot = await team.opened(name, chat)
            caught_up = await team.opened(name, chat, after=at - 1)
            for entry in (live, page[at - 1], snapshot[at - 1], caught_up[0]):
                assert (entry["position"], entry["body"]) == (at, body)
            assert [each["position"] for each in page] == list(range(1, len(page) + 1))
            assert [each["position"] for each in team[name].entries()][-2:] == [at, at + 1]
            assert live["mark"] == page[at - 1]["mark"]
            assert (WORDS in str(team[name].frames)) == ("text" in body)
        assert "client_id" in team.heard("sue", at)
        assert "client_id" not in team.heard("tom", at)


async def test_a_whisper_stays_with_whom_it_was_said_to_when_the_chat_is_given_to_another() -> None:
    async with running() as desk:
        team = Team(await set_stage(desk))
        chat = await team.come()
        at = await team.whisper(chat)
        await team["ben"].ok("set_status", status="online")
        given = {"to_agent": team.id("ben"), "reason": "Lunch"}
        await team["sue"].ok("assign_conversation", conversation=chat, client_id=str(uuid4()), **given)
        await row(team["ben"], chat, lambda row: (row["agent"] or {}).get("id") == team.id("ben"))
        assert "text" not in (await team.paged("ben", chat))[at - 1]["body"]
        assert (await team.paged("ana", chat))[at - 1]["body"]["text"] == WORDS


async def test_nobody_finds_a_whisper_by_its_words_and_only_who_it_is_for_is_told() -> None:
    async with running() as desk:
        team = Team(await set_stage(desk))
        chat = await team.come()
        await team.whisper(chat)
        await db.run(keep_up)
        for name in team.people:
            found = await team[name].ok("search", query="refund")
            assert WORDS not in str(found)
            told = [event for event in team[name].events if event["event"] == "mentions_changed"]
            assert bool(told) == (name == "ana")

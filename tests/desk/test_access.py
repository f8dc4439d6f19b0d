"""The access table: who may do what to a chat, by how it stands to them. Over the team's real socket."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from agents.consumers import StaffConsumer
from support_chat.desk import db
from support_chat.desk.access import Staff
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.models import Change, Conversation, Entry, Queue, Reader
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running

pytestmark = pytest.mark.django_db(transaction=True)

# What is asked of each chat, in this order; the answer is "ok" or the code of the refusal.
ASKED: dict[str, dict[str, Any]] = {
    "page": {"before": 9},
    "open_conversation": {},
    "mark_read": {"position": 1},
    "add_note": {"client_id": "", "body": "Mind the step."},
    "set_typing": {"typing": True, "mode": "note"},
    "set_typing reply": {"typing": True, "mode": "reply"},
    "post_message": {"client_id": "", "body": "Good day."},
    "accept_conversation": {"client_id": ""},
    "reopen_conversation": {"client_id": ""},
    "close_conversation": {"client_id": ""},
}
READS = ("page", "open_conversation", "mark_read")
NOTES = (*READS, "add_note", "set_typing")
TAKES = (*NOTES, "accept_conversation", "reopen_conversation", "close_conversation")  # once it is theirs

# role → how the chat stands to them → what is done; all else is refused: the codes that are not not_allowed.
TABLE: dict[str, dict[str, tuple[tuple[str, ...], dict[str, str]]]] = {
    "agent": {
        "waiting": (TAKES, {}),
        "mine": (tuple(ASKED), {}),
        "colleague": (NOTES, {"accept_conversation": "changed"}),
        "closed": (
            (*NOTES, "reopen_conversation", "close_conversation"),
            {"accept_conversation": "changed", "post_message": "closed"},
        ),
    },
    "supervisor": {
        "waiting": (TAKES, {}),
        "mine": (tuple(ASKED), {}),
        "colleague": ((*NOTES, "close_conversation"), {"accept_conversation": "changed"}),
        "closed": (
            (*NOTES, "reopen_conversation", "close_conversation"),
            {"accept_conversation": "changed", "post_message": "closed"},
        ),
    },
    "manager": {standing: (READS, {}) for standing in ("waiting", "colleague", "closed")},
    "owner": {standing: (READS, {}) for standing in ("waiting", "colleague", "closed")},
}
CASES = [(role, standing) for role, standings in TABLE.items() for standing in standings]


@dataclass
class Scene:
    desk: Running
    shop: House
    colleague: Staff

    def chat(self, standing: str, me: Staff) -> Conversation:
        chat = self.shop.chat()
        owner = {"mine": me, "colleague": self.colleague}.get(standing)
        if owner is not None:
            accept_conversation(staff=owner, conversation=chat.pk, client_id=uuid4())
        if standing == "closed":
            accept_conversation(staff=self.colleague, conversation=chat.pk, client_id=uuid4())
            close_conversation(staff=self.colleague, conversation=chat.pk, client_id=uuid4())
        return chat


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    shop = await db.run(house)
    colleague = await db.run(shop.staff, "colleague", capacity=99)
    async with running(clock=False) as desk:
        yield Scene(desk, shop, colleague)


async def answers(socket: Socket, chat: str) -> dict[str, str]:
    """What each command is answered: "ok" or the refusal's code."""
    found = {}
    for name, fields in ASKED.items():
        given = {key: value or str(uuid4()) for key, value in fields.items()}
        reply = await socket.ask(name.split()[0], conversation=chat, **given)
        found[name] = reply["error"]["code"] if "error" in reply else "ok"
    return found


@pytest.mark.parametrize(("role", "standing"), CASES)
async def test_everybody_may_do_what_the_table_says_and_nothing_else(
    scene: Scene, role: str, standing: str
) -> None:
    me = await db.run(scene.shop.staff, "me", role=role, answers=role in ("agent", "supervisor"))
    chat = await db.run(scene.chat, standing, me)
    socket = await scene.desk.staff(me)
    done, refused = TABLE[role][standing]
    expected = {name: "ok" if name in done else refused.get(name, "not_allowed") for name in ASKED}
    assert await answers(socket, chat.public_id) == expected


def strangers(shop: House) -> dict[str, Staff]:
    """Everybody who may not even know that a chat of the shop's default queue exists."""
    other = house("Other")
    tills = Queue.objects.create(site=shop.site, name="Tills")
    return {
        "agent of another queue": shop.staff("tilda", queue=tills),
        "supervisor of another queue": shop.staff("sol", role="supervisor", queue=tills),
        "agent of another site": other.staff("otto"),
        "supervisor of another site": other.staff("olga", role="supervisor"),
        "manager of another site": other.staff("mark", role="manager", answers=False),
        "owner of another site": other.staff("owen", role="owner"),
    }


def everything_written() -> tuple[object, ...]:
    rows = Conversation.objects.order_by("pk").values_list("pk", "state", "owner", "position", "sort_key")
    return (list(rows), Entry.objects.count(), Reader.objects.count(), Change.objects.count())


@pytest.mark.parametrize("standing", ["waiting", "colleague", "closed"])
async def test_what_is_not_theirs_to_see_answers_strangers_as_if_it_had_never_been(
    scene: Scene, standing: str
) -> None:
    people = await db.run(strangers, scene.shop)
    chat = await db.run(scene.chat, standing, scene.colleague)
    for name, who in people.items():
        socket = await scene.desk.staff(who)
        before = await db.run(everything_written)
        told = len(socket.received)
        for asked, fields in ASKED.items():
            given = {key: value or str(uuid4()) for key, value in fields.items()}
            foreign, never = [
                await socket.ask(asked.split()[0], conversation=public_id, **given)
                for public_id in (chat.public_id, "A" * 22)
            ]
            assert foreign["error"] == never["error"], (name, asked)
            assert foreign["error"]["code"] == "not_found", (name, asked)
        assert await socket.refused("refresh", topic=chat.topic) == "not_found"
        assert await socket.refused("refresh", topic=scene.shop.queue.topic) == "not_found"
        assert await db.run(everything_written) == before, name
        assert all('"re"' in frame for frame in socket.received[told:]), name


async def test_an_agent_who_is_full_or_too_late_changes_nothing(scene: Scene) -> None:
    me = await db.run(scene.shop.staff, "me", capacity=1)
    standings = ("mine", "colleague", "waiting")
    _, taken, waiting = [await db.run(scene.chat, standing, me) for standing in standings]
    socket = await scene.desk.staff(me)
    before = await db.run(everything_written)
    late = await socket.ask("accept_conversation", conversation=taken.public_id, client_id=str(uuid4()))
    assert (late["error"]["code"], late["error"]["state"]) == ("changed", "active")
    assert late["error"]["agent"]["name"] == "Colleague Costa"
    asked = {"conversation": waiting.public_id, "client_id": str(uuid4())}
    assert await socket.refused("accept_conversation", **asked) == "at_capacity"
    assert await db.run(everything_written) == before


async def test_who_was_let_go_is_not_let_in(scene: Scene) -> None:
    me = await db.run(scene.shop.staff, "me")
    socket = await scene.desk.staff(me)
    await db.run(lambda: type(me.user).objects.filter(pk=me.user.pk).update(is_active=False))
    other = await scene.desk.connect(StaffConsumer)
    assert await other.refused("hello", token=socket.token) == "not_allowed"

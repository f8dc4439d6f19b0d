"""Hello: who comes, what they find, and what it costs when everybody comes back at once."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from support_chat.desk import db
from support_chat.desk.actions.visitors import make_visitor
from support_chat.desk.errors import UnknownSite, UnknownToken
from support_chat.desk.history import View
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.readings import Look
from support_chat.desk.sockets import Entering, entered
from support_chat.live.refusals import Refused
from tests.desk.people import House, house, say
from tests.desk.running import Running, Socket, running
from tests.flows.stage import set_stage
from widget.arrival import Arrival, availability, come_back
from widget.consumers import VisitorConsumer

Bound = Callable[[int], object]
CROWD = 40


def with_chats(shop: House, count: int) -> list[tuple[str, str]]:
    """So many visitors who have a chat: what each says in a hello."""
    made = [make_visitor(site=shop.site) for _ in range(count)]
    for visitor, _ in made:
        shop.chat(visitor)
    return [(shop.site.public_key, token) for _, token in made]


def looks_of(arrivals: Sequence[Arrival | Refused]) -> list[Entering]:
    """What their hellos read, of which nothing is listened to yet."""
    found = []
    for each in arrivals:
        assert isinstance(each, Arrival)
        assert each.chat is not None
        chat, topics = each.chat.public_id, (each.site.topic, each.visitor.topic)
        beside = (*topics, f"read:{chat}:visitor", f"read:{chat}:agent")
        found.append(Entering(beside, Look(chat=each.chat.pk, view=View(visitor=True, me=""))))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_a_hello_reads_in_six_statements_and_a_resume_in_one_however_many_come(
    count: int, django_assert_num_queries: Bound
) -> None:
    shop = house()
    shop.staff("ana", status="online", capacity=count)
    claims = with_chats(shop, count)
    with django_assert_num_queries(2):
        arrivals = come_back(claims)
    with django_assert_num_queries(2):
        read = entered(looks_of(arrivals))
    with django_assert_num_queries(2 + (connection.vendor == "postgresql")):  # which is asked for the time
        availability([shop.site] * count)
    resumed = [Entering((), Look(chat=look.chat, view=look.view, after=2)) for _, look in looks_of(arrivals)]
    with django_assert_num_queries(1):
        missed = entered(resumed)
    assert [reading.told["position"] for _, reading in read] == [3] * count
    assert [len(reading.told["entries"]) for _, reading in missed] == [1] * count


@pytest.mark.django_db
def test_each_is_who_they_say_and_who_is_wrong_is_refused_alone() -> None:
    shop, other = house(), house("Other")
    (key, token), (_, second) = with_chats(shop, 2)
    claims = [(key, token), (key, "wrong"), ("nowhere", token), (other.site.public_key, token), (key, second)]
    found = come_back(claims)
    visitors = list(Visitor.objects.order_by("pk"))
    assert [each.visitor for each in found if isinstance(each, Arrival)] == visitors
    refused = [type(each) for each in found if isinstance(each, Refused)]
    assert refused == [UnknownToken, UnknownSite, UnknownToken]


@pytest.mark.django_db
def test_of_several_chats_the_open_one_is_found_and_else_the_newest() -> None:
    shop = house()
    (key, token) = with_chats(shop, 1)[0]
    first = Conversation.objects.get()
    closed = {"state": "closed", "sort_key": None}
    Conversation.objects.update(**closed, closed_at="2026-01-02T00:00:00Z")
    second = shop.chat(first.visitor)

    def chat() -> Conversation | None:
        found = come_back([(key, token)])[0]
        assert isinstance(found, Arrival)
        return found.chat

    assert chat() == second
    Conversation.objects.filter(pk=second.pk).update(**closed, closed_at="2026-01-01T00:00:00Z")
    assert chat() == first, "the one closed last"


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement of this process from now on, on whichever lane; commits apart."""
    said: list[str] = []
    for name in ("execute", "executemany"):
        plain: Any = getattr(CursorWrapper, name)

        def counted(self: CursorWrapper, sql: str, params: Any = None, *, plain: Any = plain) -> Any:
            said.append(sql)
            return plain(self, sql, params)

        monkeypatch.setattr(CursorWrapper, name, counted)
    return said


async def comes_back(desk: Running, key: str, token: str, known: dict[str, Any]) -> Socket:
    socket = await desk.connect(VisitorConsumer)
    socket.welcome = await socket.ok("hello", site=key, token=token, page="https://shop.example/cart")
    chat = socket.welcome["conversation"]["id"]
    await socket.ok("resume", conversation=chat, after=known["position"], mark=known["mark"])
    return socket


@pytest.mark.django_db(transaction=True)
async def test_a_crowd_that_comes_back_at_once_costs_less_than_two_statements_each(
    statements: list[str],
) -> None:
    async with running(clock=False) as desk:
        stage = await set_stage(desk)
        claims = await db.run(with_chats, stage.shop, CROWD)
        chats = await db.read(lambda: list(Conversation.objects.order_by("pk").select_related("visitor")))
        known = await db.read(
            lambda: [chat.entries.values("position", "mark").get(position=1) for chat in chats]
        )
        await db.run(lambda: [say(chat, f"missed {chat.pk}") for chat in chats])
        statements.clear()
        sockets = await asyncio.gather(
            *(comes_back(desk, *claim, mark) for claim, mark in zip(claims, known, strict=True))
        )
        assert len(statements) < 2 * CROWD
        for socket, chat in zip(sockets, chats, strict=True):
            reply = next(frame["ok"] for frame in socket.frames if "entries" in frame.get("ok", ()))
            assert [entry["position"] for entry in reply["entries"]] == [2, 3]
            assert reply["entries"][-1]["body"] == {"text": f"missed {chat.pk}"}
        assert await db.read(lambda: set(Visitor.objects.values_list("here", "page"))) == {
            (True, "https://shop.example/cart")
        }


@pytest.mark.django_db(transaction=True)
async def test_what_is_said_while_a_crowd_comes_back_reaches_each_once_and_in_order() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        claims = await db.run(with_chats, stage.shop, CROWD)
        chats = await db.read(lambda: list(Conversation.objects.order_by("pk").select_related("visitor")))
        coming = [comes_back(desk, *claim, {"position": 0, "mark": None}) for claim in claims]
        sockets, _ = await asyncio.gather(
            asyncio.gather(*coming), db.run(lambda: [say(chat, f"{n}") for n in range(4) for chat in chats])
        )
        for socket in sockets:
            await socket.until(lambda socket=socket: positions(socket)[-1:] == [6])
            assert positions(socket) == [1, 2, 3, 4, 5, 6]


def positions(socket: Socket) -> list[int]:
    """Of what was told after the resume and by it, in the order it came."""
    at = next(n for n, frame in enumerate(socket.frames) if "entries" in frame.get("ok", ()))
    events = [frame["entry"] for frame in socket.frames[at:] if frame.get("event") == "entry_added"]
    return [entry["position"] for entry in (*socket.frames[at]["ok"]["entries"], *events)]

"""Who looks at a list of chats is told that it changed; no message costs a statement more."""

import asyncio
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.letterbox import Letterbox
from support_chat.desk.models import Change, Queue, Topic
from support_chat.desk.source import DeskSource
from support_chat.live.hub import Hub
from support_chat.live.news import News
from tests.desk.people import House, say
from tests.live.fakes import STAFF, Ear

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def queues(told: list[News]) -> set[str]:
    """The queues whose lists were said to have changed since the last look."""
    heard = {news.topic.partition(":")[2] for news in told if news.topic.startswith("lists:")}
    told.clear()
    return heard


def test_whatever_is_written_in_a_chat_changes_the_lists_of_its_queue(shop: House, told: list[News]) -> None:
    chat = shop.chat()
    assert queues(told) == {shop.queue.public_id}
    say(chat, "Is anybody there?")
    assert queues(told) == {shop.queue.public_id}
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    assert queues(told) == {shop.queue.public_id}


def test_a_chat_that_goes_to_another_queue_changes_the_lists_of_both(shop: House, told: list[News]) -> None:
    other = Queue.objects.create(site=shop.site, name="Returns", routing="manual")
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    bob = shop.staff("bob", status="online")
    told.clear()
    about = {"conversation": chat.pk, "client_id": uuid4()}
    transfer_conversation(staff=ana, to_queue=other.public_id, **about)
    both = {shop.queue.public_id, other.public_id}
    assert queues(told) == both
    accept_conversation(staff=bob, conversation=chat.pk, client_id=uuid4())
    assert queues(told) == both, "it is the first's no more"


def test_a_message_costs_no_statement_for_it(shop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = shop.chat()

    def statements(words: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            say(chat, words)
        return len(asked)

    statements("One")
    told = statements("Two")
    last = Change.objects.order_by("n").last()
    assert last is not None
    assert last.topics[shop.queue.lists_topic] == 0
    assert not Topic.objects.filter(name__startswith="lists:").exists()
    monkeypatch.setattr("support_chat.desk.log._queues", lambda _: {})
    assert told == statements("Three")


async def test_another_process_finds_it_in_the_letterbox(
    shop: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, ear = Hub(DeskSource()), Ear()
    hub.listen("lists:q", ear, STAFF).release(0)
    seen: dict[str, int] = {}
    monkeypatch.setattr("support_chat.desk.letterbox.changes_since", lambda _: (seen, {"lists:q": 0}, {}))
    await Letterbox(hub).look()
    await asyncio.sleep(0)
    assert ear.heard == ['{"event":"lists_changed","queue":"q"}']

"""What a queue shows of late becomes a range for everybody in it, and what came of it is kept beside."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk.access import Staff
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.models import Agent, Conversation, Prediction
from support_chat.desk.waiting.observed import Range
from support_chat.desk.waits import Foreseen, Paces, keep_predictions, look_at_line, outcomes_of, pace_of
from tests.desk.people import House, connect

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TOLD = Foreseen(told=Range(low=60, high=300), plain=Range(low=80, high=200))


def agent_of(staff: Staff) -> Agent:
    assert staff.agent is not None
    return staff.agent


def past(shop: House, *, waited: float, handled: float | None, ago: float = 3600) -> Conversation:
    """A closed chat: so many seconds in line, and with an agent; None: its visitor left before."""
    came = timezone.now() - timedelta(seconds=ago)
    taken = came + timedelta(seconds=waited)
    times: dict[str, datetime | None] = {
        "queued_at": came,
        "assigned_at": taken if handled is not None else None,
        "closed_at": taken + timedelta(seconds=handled or 0),
    }
    return Conversation.objects.create(
        site=shop.site, visitor=shop.visitor(), queue=shop.queue, start_id=uuid4(), state="closed", **times
    )


def test_a_queue_that_has_done_too_little_says_nothing(shop: House) -> None:
    for _ in range(19):
        past(shop, waited=10, handled=300)
    assert pace_of(shop.queue.pk) is None
    past(shop, waited=10, handled=300)
    assert pace_of(shop.queue.pk) is not None


def test_the_pace_is_of_those_who_were_served_and_of_those_who_left(shop: House) -> None:
    for _ in range(30):
        past(shop, waited=10, handled=300)
    for _ in range(10):
        past(shop, waited=100, handled=None)
    pace = pace_of(shop.queue.pk)
    assert pace is not None
    assert pace.handle_time == pytest.approx(300)
    assert pace.leaving == pytest.approx(10 / (30 * 10 + 10 * 100 + 600))


def test_who_stands_behind_is_told_no_less_and_more_agents_mean_no_more(shop: House) -> None:
    for _ in range(30):
        past(shop, waited=10, handled=300)
    shop.staff("ana", capacity=1, status="online")
    chats = [shop.chat() for _ in range(4)]

    def lows() -> list[float]:
        sight = look_at_line(shop.site.pk, Paces().of(shop.site.pk))
        ranges = [sight.foreseen[chat.pk].told for chat in chats[1:]]
        return [range_.low for range_ in ranges if range_ is not None]

    alone = lows()
    assert len(alone) == 3
    assert alone == sorted(alone)
    shop.staff("ben", capacity=0, status="online")
    shop.staff("cem", capacity=1, status="away")
    assert lows() == alone, "who has no room ever, or is away, helps nobody"
    connect(agent_of(shop.staff("dora", capacity=1)))
    Agent.objects.filter(user__username="dora").update(status="online")
    assert all(now < before for now, before in zip(lows(), alone, strict=True))


def test_with_nobody_online_we_cannot_say(shop: House) -> None:
    for _ in range(30):
        past(shop, waited=10, handled=300)
    chat = shop.chat()
    assert look_at_line(shop.site.pk, Paces().of(shop.site.pk)).foreseen[chat.pk].told is None


def test_the_first_that_was_told_is_kept_and_what_came_of_it(shop: House) -> None:
    served, left = shop.chat(), shop.chat()
    for _ in range(2):
        keep_predictions([(served.pk, 1, TOLD), (left.pk, 2, TOLD)])
    Prediction.objects.update(at=timezone.now() - timedelta(seconds=120))
    accept_conversation(staff=shop.staff("ana"), conversation=served.pk, client_id=uuid4())
    end_conversation(visitor=left.visitor, conversation=left.pk, client_id=uuid4())
    kept = {row.conversation_id: row for row in Prediction.objects.all()}
    assert {pk: row.served for pk, row in kept.items()} == {served.pk: True, left.pk: False}
    assert all((row.waited or 0) >= 120 for row in kept.values())
    outcomes = outcomes_of(shop.queue.pk)
    assert [(each.told, each.plain) for each in outcomes] == [(TOLD.told, TOLD.plain)] * 2


def test_what_we_could_not_say_teaches_nothing(shop: House) -> None:
    chat = shop.chat()
    keep_predictions([(chat.pk, 1, Foreseen(told=None, plain=None))])
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    assert Prediction.objects.get().waited is not None
    assert outcomes_of(shop.queue.pk) == []

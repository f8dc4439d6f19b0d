"""Closed chats become traffic, with what really came of them."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from support_chat.desk.actions.past_chats import PastChat, PastLine, bring_in
from support_chat.desk.models import Queue
from support_chat.desk.past_traffic import past_traffic
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def shop() -> House:
    """Taken after 60 s for 300 s, left after 240 s, taken after 120 s for 600 s; and one the day before."""
    there = house()
    ana = there.staff("ana").agent
    assert ana is not None
    plan = [(-86_400, 0, 10), (0, 60, 300), (100, None, 240), (200, 120, 600)]
    chats = []
    for at, waited, lasted in plan:
        opened = MORNING + timedelta(seconds=at)
        lines = [PastLine(at=opened, kind="opened", role="visitor")]
        if waited is not None:
            lines.append(
                PastLine(at=opened + timedelta(seconds=waited), kind="assigned", role="system", agent=ana)
            )
        closes = opened + timedelta(seconds=(waited or 0) + lasted)
        lines.append(PastLine(at=closes, kind="closed", role="visitor"))
        chats.append(PastChat(visitor=there.visitor(), queue=there.queue, lines=lines))
    bring_in(site=there.site, chats=chats)
    return there


def test_the_chats_of_the_days_are_its_arrivals(shop: House) -> None:
    traffic = past_traffic(Random(1), [shop.queue], DAY, DAY)
    assert [each.at - 9 * 3600 for each in traffic.arrivals] == [0, 100, 200]
    first, left, last = traffic.arrivals
    assert (first.work, last.work) == (300, 600)
    assert left.patience == 240
    assert left.work in {300, 600}
    assert first.patience >= 60
    assert last.patience >= 120


def test_what_really_came_of_them_is_told(shop: House) -> None:
    really = past_traffic(Random(1), [shop.queue], DAY, DAY).really
    assert really is not None
    assert (really.arrivals, really.waits) == (3, [60, 120])
    assert really.abandoned == pytest.approx(1 / 3)


def test_open_chats_and_those_of_other_queues_and_days_do_not_count(shop: House) -> None:
    shop.chat()
    other = Queue.objects.create(site=shop.site, name="Other")
    assert past_traffic(Random(1), [other], DAY, DAY).arrivals == ()
    assert len(past_traffic(Random(1), [shop.queue], DAY - timedelta(days=1), DAY).arrivals) == 4
    assert past_traffic(Random(1), [shop.queue], DAY + timedelta(days=1), date(2100, 1, 1)).arrivals == ()


def test_the_command_plays_them_beside_what_was_real(shop: House) -> None:
    out = StringIO()
    days = ("--from", "2026-03-02", "--to", "2026-03-02")
    call_command("simulate", "--queue", shop.queue.name, *days, "--agents", "3", stdout=out)
    _, real, simulated = out.getvalue().splitlines()
    assert real.split() == ["real", "3", "1:00", "2:00", "33.3%", "–", "33.3%"]
    assert "0:00" in simulated


def test_the_command_refuses_a_queue_that_is_not_one_and_days_that_are_none(shop: House) -> None:
    days = ("--from", "2026-03-02", "--to", "2026-03-01")
    with pytest.raises(CommandError, match="no queue"):
        call_command("simulate", "--queue", "Nowhere", *days)
    with pytest.raises(CommandError, match="which days"):
        call_command("simulate", "--queue", shop.queue.name, *days)
    house("Other shop")
    with pytest.raises(CommandError, match="several queues"):
        call_command("simulate", "--queue", shop.queue.name, *days)

"""One round of doing what is due: once, by the rows as they are then, and each chat for itself."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from support_chat.desk import db
from support_chat.desk.actions import attending
from support_chat.desk.actions.attending import attend, attend_all
from support_chat.desk.attending import Step
from support_chat.desk.database_time import database_now
from support_chat.desk.integrity import check_integrity
from support_chat.desk.locks import lock_conversation
from support_chat.desk.models import Conversation
from tests.desk.people import House, house, say
from tests.desk.time_passes import answered, goes_by, kinds, leaves, now

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _in_one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is."""
    monkeypatch.setattr(attending, "SWEEP_LASTS", 600.0)


def test_who_comes_second_finds_it_done(shop: House) -> None:
    chat = answered(shop, shop.staff("ana", status="online"))
    goes_by(chat, 300)
    assert attend(conversation=chat.pk) == Step.REST
    assert attend(conversation=chat.pk) is None
    assert kinds(chat).count("idle") == 1


def test_what_is_answered_between_the_look_and_the_lock_is_left_alone(
    shop: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    goes_by(chat, 180)
    lock = attending.lock_agents

    def answer_first(agents: Any) -> Any:
        Conversation.objects.filter(pk=chat.pk).update(
            replied=True, waiting_since=None, team_at=timezone.now()
        )
        return lock(agents)

    monkeypatch.setattr(attending, "lock_agents", answer_first)
    assert attend_all() == 0
    assert now(chat).owner == ana.agent


def test_a_chat_that_fails_does_not_keep_the_others(shop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = shop.staff("ana", status="online")
    chats = [answered(shop, ana) for _ in range(3)]
    for chat in chats:
        goes_by(chat, 300)
    spoiled, attended = chats[1].pk, attending.attend

    def fail(*, conversation: int) -> Step | None:
        if conversation == spoiled:
            raise ArithmeticError
        return attended(conversation=conversation)

    monkeypatch.setattr(attending, "attend", fail)
    assert attend_all() == 2
    assert [now(chat).idle_at is None for chat in chats] == [False, True, False]
    monkeypatch.undo()
    assert attend_all() == 1


def test_a_round_ends_in_time_and_the_next_one_goes_on(shop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = shop.staff("ana", status="online")
    for chat in [answered(shop, ana) for _ in range(3)]:
        goes_by(chat, 300)
    monkeypatch.setattr(attending, "SWEEP_LASTS", 1.0)
    clock = iter(range(100))
    monkeypatch.setattr(attending, "monotonic", lambda: next(clock))  # each look at it is a second later
    assert attend_all() == 1
    assert attend_all() == 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets seconds go by for whoever attends to chats: the log is dated by it, too."""
    gone = 0.0

    def later(seconds: float) -> None:
        nonlocal gone
        gone += seconds

    def locked(conversation: int) -> tuple[Conversation, datetime]:
        row, at = lock_conversation(conversation)
        return row, at + timedelta(seconds=gone)

    monkeypatch.setattr(attending, "database_now", lambda: database_now() + timedelta(seconds=gone))
    monkeypatch.setattr(attending, "lock_conversation", locked)
    return later


def test_every_row_follows_from_its_log_after_every_step(shop: House, clock: Callable[[float], None]) -> None:
    ana = shop.staff("ana", status="online", capacity=5)
    silent, quiet, gone, unread = answered(shop, ana), answered(shop, ana), answered(shop, ana), shop.chat()
    say(silent, "And?")
    leaves(gone)
    waiting = [shop.chat() for _ in range(2)]
    leaves(waiting[1])
    for _ in range(40):
        clock(60)
        attend_all()
        assert check_integrity().broken == {}
    assert kinds(silent).count("reminded") == 2
    assert kinds(quiet)[-3:] == ["idle", "message", "closed"]
    assert kinds(gone)[3:] == ["message", "left", "idle", "message", "closed"]
    assert "returned_to_queue" in kinds(unread)
    assert kinds(waiting[1])[-1] == "closed"


@pytest.mark.django_db(transaction=True)
async def test_two_clocks_at_once_do_it_once() -> None:
    shop = await db.run(house)
    ana = await db.run(shop.staff, "ana", status="online", capacity=9)
    chats = [await db.run(answered, shop, ana) for _ in range(5)]
    for chat in chats:
        await db.run(goes_by, chat, 300)
    taken = await asyncio.gather(*(db.run(attend_all) for _ in range(4)))
    assert sum(taken) == len(chats)
    for chat in chats:
        assert (await db.run(kinds, chat)).count("idle") == 1

"""The demo's past: whole in every log, lively enough to look at, the same from the same seed."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.core.management import call_command
from django.utils import timezone

from fixtures.seed.canned_replies import read_replies
from fixtures.seed.history import History
from fixtures.seed.load import CHATS, load_demo
from fixtures.seed.plays import read_book
from support_chat.desk.models import (
    Agent,
    CannedReply,
    Change,
    Conversation,
    Entry,
    EntryBody,
    Queue,
    Site,
    User,
    Visitor,
)

SOME = 150  # chats: enough for every kind of story, quick to write


@pytest.fixture
def shop(db: None) -> Site:
    return load_demo(now=timezone.now(), chats=SOME)


@pytest.mark.usefixtures("shop")
def test_every_invariant_holds_in_the_past() -> None:
    call_command("check_integrity", verbosity=0)


@pytest.mark.usefixtures("shop")
def test_nobody_is_told_of_the_past() -> None:
    assert not Change.objects.exists()


@pytest.mark.usefixtures("shop")
def test_all_past_chats_are_closed_within_the_last_ninety_days_or_so() -> None:
    now = timezone.now()
    closed = Conversation.objects.filter(
        state="closed", closed_at__lt=now, opened_at__gt=now - timedelta(days=98)
    )
    assert closed.count() == Conversation.objects.count() > SOME * 0.95


@pytest.mark.usefixtures("shop")
def test_the_past_has_everything_that_an_inbox_shows() -> None:
    chats = Conversation.objects
    assert set(chats.values_list("locale", flat=True)) == {"en", "de"}
    assert chats.filter(assigned_at=None).exists()
    assert chats.filter(rating__gte=4).count() > chats.filter(rating__lte=2).count()
    assert Entry.objects.filter(kind="note").exists()
    assert all(tags for tags in chats.values_list("tags", flat=True))
    assert all(chats.values_list("page", flat=True))
    assert chats.count() > Visitor.objects.count()
    assert set(chats.values_list("last_owner__user__username", flat=True)) == {
        "ana",
        "ben",
        None,
    }


@pytest.mark.usefixtures("shop")
def test_nothing_in_the_past_is_left_unsaid() -> None:
    for text in EntryBody.objects.filter(entry__kind="message").values_list("text", flat=True):
        said = msgspec.json.decode(text)["text"]
        assert said.strip()
        assert not set(said) & set("{}=|")


def test_the_same_seed_tells_the_same_past() -> None:
    now = timezone.now()
    assert told(now, seed=1) == told(now, seed=1) != told(now, seed=2)


def told(now: datetime, seed: int) -> list[tuple[datetime, str, str]]:
    """What was said when, by whom: nothing of it is written anywhere."""
    team = {name: Agent(user=User(first_name=name.title())) for name in ("ana", "ben")}
    queues = {name: Queue(name=name) for name in ("Orders", "Products")}
    history = History(now=now, days=9, chats=40, zone=ZoneInfo("UTC"), team=team, queues=queues, seed=seed)
    return [(line.at, line.role, str(line.body)) for chat in history.make() for line in chat.lines]


def test_there_are_replies_for_most_occasions_and_each_has_its_shortcut() -> None:
    replies = read_replies()
    assert len(replies) == 40
    assert not [name for name, n in Counter(reply.shortcut for reply in replies).items() if n > 1]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_canned_reply_in_a_play_exists(locale: str) -> None:
    known = {reply.shortcut for reply in read_replies()}
    lines = [line for play in read_book(locale).plays for line in play.lines]
    named = {
        word[1:] for line in lines for said in line.sayings for word in said.split() if word.startswith("=")
    }
    assert named <= known


@pytest.mark.usefixtures("shop")
def test_every_reply_belongs_to_the_shop() -> None:
    assert CannedReply.objects.filter(site__is_demo=True).count() == 40
    assert CHATS >= 1500

"""What a transaction tells, and how another process finds it when no hint came."""

import subprocess
import sys
import threading
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from support_chat.desk import telling as module
from support_chat.desk.actions.messages import add_note
from support_chat.desk.events import AvailabilityChanged
from support_chat.desk.letterbox import changes_since
from support_chat.desk.models import Change, Process, Topic
from support_chat.desk.telling import Telling
from support_chat.live.news import News
from tests.desk.people import house, say

EVENT = AvailabilityChanged(available=True, why="open")


@pytest.fixture(autouse=True)
def _another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this thread writes counts as another process's; who reads the letterbox is `us`."""
    monkeypatch.setattr(module, "_here", threading.local())
    monkeypatch.setattr("support_chat.desk.letterbox.process_name", "us")


def tell(*topics: str) -> None:
    with Telling() as telling:
        for topic in topics:
            telling.state(topic, {"visitor": (EVENT,)})


def tell_and_fail(topic: str) -> None:
    """What was told here, and was to be done after it, is undone."""
    with Telling() as telling:
        telling.state(topic, {"visitor": (EVENT,)})
        telling.after(lambda: tell("never:told"))
        for _ in range(2):
            Process.objects.create(name="twice", lease_until=timezone.now())


@pytest.mark.django_db
def test_each_writer_counts_its_transactions_without_gaps(told: list[News]) -> None:
    for _ in range(3):
        tell("site:a")
    with pytest.raises(IntegrityError):
        tell_and_fail("site:a")
    with Telling():
        pass  # says nothing, and counts for nothing
    tell("site:a", "site:b")
    assert list(Change.objects.order_by("n").values_list("n", flat=True)) == [1, 2, 3, 4]
    assert [(news.topic, news.version) for news in told] == [
        *(("site:a", n) for n in (1, 2, 3, 4)),
        ("site:b", 1),
    ]


@pytest.mark.django_db
def test_what_is_undone_is_told_to_nobody_and_changes_no_version(told: list[News]) -> None:
    chat = house().chat()
    told.clear()
    head, versions = chat.entries.count(), dict(Topic.objects.values_list("name", "version"))
    with pytest.raises(IntegrityError):
        tell_and_fail(chat.queue.topic)
    assert told == []
    assert chat.entries.count() == head
    assert dict(Topic.objects.values_list("name", "version")) == versions


@pytest.mark.django_db
def test_a_topic_named_twice_in_one_transaction_rises_once_and_tells_both(told: list[News]) -> None:
    with Telling() as telling:
        telling.state("site:a", {"visitor": (EVENT,)})
        telling.state("site:a", {"visitor": (EVENT,), "staff": (EVENT,)})
    (news,) = told
    assert (news.version, len(news.frames["visitor"]), len(news.frames["staff"])) == (1, 2, 1)


@pytest.mark.django_db
def test_what_is_done_after_the_commit_is_done_once_everything_was_told(told: list[News]) -> None:
    with Telling() as telling:
        telling.state("site:a", {"visitor": (EVENT,)})
        telling.after(lambda: tell("site:b"))
    assert [news.topic for news in told] == ["site:a", "site:b"]


@pytest.mark.django_db
def test_a_first_look_begins_with_the_present_and_every_later_one_finds_what_is_new() -> None:
    tell("site:a")
    seen, topics, _ = changes_since(None)
    assert topics == {}
    tell("site:a")
    tell("site:a", "site:b")
    seen, topics, _ = changes_since(seen)
    assert topics == {"site:a": 3, "site:b": 1}
    assert changes_since(seen) == (seen, {}, {})


@pytest.mark.django_db
def test_a_writer_who_came_after_the_first_look_is_read_from_its_start() -> None:
    seen, *_ = changes_since(None)
    assert seen == {}
    tell("site:a")
    _, topics, _ = changes_since(seen)
    assert topics == {"site:a": 1}


@pytest.mark.django_db
def test_what_a_process_wrote_itself_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support_chat.desk.letterbox.process_name", module.process_name)
    seen, *_ = changes_since(None)
    tell("site:a")
    assert changes_since(seen) == ({}, {}, {})


class CutInTheCommit:
    """A transaction that is committed, and whose client is cut off before it learns of that."""

    def __init__(self, telling: Telling) -> None:
        self._whole = telling._atomic

    def __enter__(self) -> None:
        self._whole.__enter__()

    def __exit__(self, *error: object) -> None:
        self._whole.__exit__(*error)
        raise OperationalError("the server closed the connection")


@pytest.mark.django_db
def test_what_was_committed_without_our_knowing_is_looked_for_even_if_it_is_our_own(
    monkeypatch: pytest.MonkeyPatch, told: list[News]
) -> None:
    monkeypatch.setattr("support_chat.desk.letterbox.process_name", module.process_name)
    monkeypatch.setattr(module, "_unclear", {})
    tell("site:a")
    seen, *_ = changes_since(None)
    telling = Telling()
    telling._atomic = CutInTheCommit(telling)
    with pytest.raises(OperationalError), telling:
        telling.state("site:a", {"visitor": (EVENT,)})
    assert len(told) == 1
    seen, topics, _ = changes_since(seen)
    assert topics == {"site:a": 2}
    tell("site:a")
    assert changes_since(seen) == (seen, {}, {}), "once, and then no more of our own"
    monkeypatch.setattr(module, "monotonic", lambda: float("inf"))
    assert changes_since(seen) == ({}, {}, {})


@pytest.mark.django_db
def test_every_entry_and_every_topic_it_moves_lies_in_the_letterbox() -> None:
    shop = house()
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    seen, *_ = changes_since(None)
    say(chat, "Hello?")
    add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body="Look")
    _, topics, _ = changes_since(seen)
    chat.refresh_from_db()
    assert ana.agent is not None
    assert topics[chat.topic] == chat.position
    assert ana.agent.topic in topics


@pytest.mark.django_db(transaction=True)
def test_two_threads_are_two_writers_and_neither_leaves_a_gap() -> None:
    seen, *_ = changes_since(None)

    def write() -> None:
        for _ in range(10):
            tell("site:a")
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written: dict[str, list[int]] = {}
    for writer, n in Change.objects.order_by("n").values_list("writer", "n"):
        written.setdefault(writer, []).append(n)
    assert sorted(map(len, written.values())) == [10] * 4
    assert all(numbers == list(range(1, 11)) for numbers in written.values())
    assert changes_since(seen)[1] == {"site:a": 40}
    assert Topic.objects.get(name="site:a").version == 40


def test_every_process_has_a_name_of_its_own() -> None:
    words = "import django; django.setup(); from support_chat.desk.telling import process_name as p; print(p)"
    names = {
        subprocess.run(
            [sys.executable, "-c", words], capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    }
    assert len(names | {module.process_name}) == 3

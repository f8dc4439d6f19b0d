"""The journal's own decisions, over a ledger that only remembers what it was given."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from support_chat.desk import journal as module
from support_chat.desk.journal import Journal
from support_chat.desk.lines import Author
from support_chat.desk.posting import Mark, Outcome, Posted, Posting, Reopening
from support_chat.live.refusals import Busy, Failed, OutOfTurn, Overloaded
from support_chat.live.turns import Turns
from support_chat.settings import chat

Work = Posting | Mark


@dataclass
class Ledger:
    """What stands where the database would: `pages` are the batches, `written` the bodies in order."""

    answer: Callable[[Posting, bool], Outcome | None] = lambda posting, patient: None
    pages: list[list[Work]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def write(self, works: Sequence[Work], *, patient: bool = False) -> list[Outcome]:
        assert self.may_go_on.wait(10)
        self.pages.append(list(works))
        return [None if isinstance(work, Mark) else self._one(work, patient) for work in works]

    def reopen(self, *, posting: Posting) -> Posted:
        return self._put(posting)

    def _one(self, posting: Posting, patient: bool) -> Outcome:
        outcome = self.answer(posting, patient)
        return self._put(posting) if outcome is None else None if outcome is HELD else outcome

    def _put(self, posting: Posting) -> Posted:
        self.written.append(posting.body)
        return Posted(position=len(self.written), visible=len(self.written), at=datetime.now(UTC))


HELD = Posted(position=0, visible=0, at=datetime(2000, 1, 1, tzinfo=UTC))  # the answer "somebody has the row"


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    ledger = Ledger()
    ledger.may_go_on.set()
    monkeypatch.setattr(module, "write", ledger.write)
    monkeypatch.setattr(module, "post_reopening", ledger.reopen)
    return ledger


def words(body: str, *, to: int = 1, turns: Turns | None = None) -> Posting:
    author = Author(role="visitor", id="vera")
    return Posting(
        conversation=to,
        name=f"chat {to}",
        author=author,
        client_id=uuid4(),
        body=body,
        visitor=1,
        turns=turns,
    )


async def test_what_arrives_while_one_batch_is_written_makes_the_next(ledger: Ledger) -> None:
    journal = Journal()
    ledger.may_go_on.clear()
    posts = [journal.post(words("a"))]
    await asyncio.sleep(0.05)
    posts += [journal.post(words(body)) for body in "bcd"]
    ledger.may_go_on.set()
    await asyncio.gather(*posts)
    assert [len(page) for page in ledger.pages] == [1, 3]
    assert ledger.written == list("abcd")


async def test_a_batch_is_never_longer_than_its_bound(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "JOURNAL_BATCH", 4)
    journal = Journal()
    await asyncio.gather(*(journal.post(words(str(n))) for n in range(10)))
    assert [len(page) for page in ledger.pages] == [4, 4, 2]


async def test_behind_a_held_row_the_order_holds_and_other_chats_go_through(ledger: Ledger) -> None:
    journal = Journal()
    row = threading.Event()  # set: whoever held the row of chat 1 has let go

    def answer(posting: Posting, patient: bool) -> Outcome:
        if posting.conversation == 1 and patient:
            assert row.wait(10)
        return HELD if posting.body == "a" and not patient else None

    ledger.answer = answer
    ledger.may_go_on.clear()
    first = journal.post(words("a"))
    await asyncio.sleep(0.05)
    behind = [journal.post(words(body)) for body in "bc"]  # in the next batch, whose row is free by then
    other = journal.post(words("x", to=2))
    ledger.may_go_on.set()
    await asyncio.wait_for(other, 5)
    last = journal.post(words("d"))
    assert ledger.written == ["x"]
    row.set()
    await asyncio.gather(first, *behind, last)
    assert ledger.written == list("xabcd")


async def test_a_row_held_too_long_is_busy_and_what_waits_behind_it_comes_out_of_turn(
    ledger: Ledger,
) -> None:
    journal, turns = Journal(), Turns()
    held, answered = threading.Event(), iter([HELD, Busy()])
    ledger.answer = lambda posting, patient: (held.wait(5) if patient else True) and next(answered)
    first = words("a", turns=turns)
    refused = journal.post(first)
    await asyncio.sleep(0.05)
    behind = journal.post(words("b", turns=turns))
    held.set()
    with pytest.raises(Busy):
        await refused
    with pytest.raises(OutOfTurn):
        await behind
    assert not turns.admits("chat 1", str(uuid4()))
    assert turns.admits("chat 1", str(first.client_id))


async def test_only_the_conversation_that_breaks_a_batch_is_refused(ledger: Ledger) -> None:
    journal = Journal()

    def answer(posting: Posting, patient: bool) -> Outcome:
        if posting.conversation == 2:
            raise ValueError("no such thing")
        return None

    ledger.answer = answer
    ledger.may_go_on.clear()
    warm = journal.post(words("warm"))
    await asyncio.sleep(0.05)
    good, bad, fine = (journal.post(words(f"to {to}", to=to)) for to in (1, 2, 3))
    ledger.may_go_on.set()
    await asyncio.gather(warm, good, fine)
    with pytest.raises(Failed):
        await bad
    assert {"to 1", "to 3"} <= set(ledger.written)


async def test_too_many_waiting_messages_are_refused_at_once_and_a_mark_is_not(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "JOURNAL_ENTRIES", 3)
    journal = Journal()
    ledger.may_go_on.clear()
    posts = [journal.post(words(str(n))) for n in range(3)]
    with pytest.raises(Overloaded):
        journal.post(words("one too many"))
    mark = journal.mark(Mark(conversation=1, role="agent", position=1, visible=1, seen=1))
    ledger.may_go_on.set()
    await asyncio.gather(mark, *posts)
    await journal.post(words("there is room again"))


async def test_too_many_waiting_bytes_are_refused_too(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "JOURNAL_BYTES", 100)
    journal = Journal()
    ledger.may_go_on.clear()
    post = journal.post(words("x" * 100))
    with pytest.raises(Overloaded):
        journal.post(words("y"))
    ledger.may_go_on.set()
    await post


async def test_a_message_to_a_closed_chat_reopens_it_and_none_after_it_overtakes(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, reopened, may_reopen = Journal(), threading.Event(), threading.Event()

    def reopen(*, posting: Posting) -> Posted:
        assert may_reopen.wait(10)
        reopened.set()
        return ledger.reopen(posting=posting)

    monkeypatch.setattr(module, "post_reopening", reopen)
    ledger.answer = lambda posting, patient: None if reopened.is_set() else Reopening()
    ledger.may_go_on.clear()
    posts = [journal.post(words("a"))]
    await asyncio.sleep(0.05)
    posts += [journal.post(words(body)) for body in "bc"]
    ledger.may_go_on.set()
    await asyncio.sleep(0.05)
    posts.append(journal.post(words("d")))
    may_reopen.set()
    await asyncio.gather(*posts)
    assert ledger.written == list("abcd")


async def test_draining_waits_for_everything_that_was_accepted(ledger: Ledger) -> None:
    journal = Journal()
    ledger.answer = lambda posting, patient: None if patient else HELD
    posts = [journal.post(words(str(n), to=n)) for n in range(5)]
    await asyncio.wait_for(journal.drain(), 5)
    assert all(post.done() for post in posts)


async def test_who_has_gone_does_not_keep_their_message_from_being_written(ledger: Ledger) -> None:
    journal = Journal()
    ledger.may_go_on.clear()
    post = journal.post(words("bye"))
    post.cancel()
    ledger.may_go_on.set()
    await journal.drain()
    assert ledger.written == ["bye"]

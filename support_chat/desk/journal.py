"""The group-commit writer: many sockets' messages, one transaction.

Whatever arrives while one transaction commits makes the next; an idle system commits at once. The
rows are taken without waiting: what somebody else holds moves, in order, to a lane of its own that
waits up to 2 s, and is then refused `busy`. When a batch fails it is tried one conversation at a
time, so that only the culprit is refused. What a visitor writes to a closed chat, which reopens it, and
what brings files take the same lane as a held row: nothing written later overtakes them.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from support_chat.desk import db
from support_chat.desk.actions.attaching import post_with_files
from support_chat.desk.actions.messages import post_reopening
from support_chat.desk.ledger import write
from support_chat.desk.measures import commit, queue_time
from support_chat.desk.posting import Apart, Mark, Outcome, Posted, Posting, WithFiles
from support_chat.live.refusals import Failed, OutOfTurn, Overloaded, Refused
from support_chat.live.tasks import Tasks
from support_chat.settings import chat

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Item:
    work: Posting | Mark
    done: "asyncio.Future[Posted | None]"
    since: float = field(default_factory=monotonic)

    @property
    def size(self) -> int:
        return len(self.work.body) if isinstance(self.work, Posting) else 0


@dataclass(slots=True)
class Journal:
    """One a process; used from its event loop alone."""

    _tasks: Tasks = field(default_factory=Tasks)
    _waiting: deque[_Item] = field(default_factory=deque)
    _bytes: int = 0
    _writing: bool = False
    _held: dict[int, deque[_Item]] = field(default_factory=dict)  # by conversation: behind a held row

    @property
    def depth(self) -> int:
        return len(self._waiting) + sum(map(len, self._held.values()))

    def post(self, posting: Posting) -> "asyncio.Future[Posted | None]":
        """Put a message into the next batch. The future has its position, or the refusal.

        Raises Overloaded at once when too much waits.
        """
        if self.depth >= chat.JOURNAL_ENTRIES or self._bytes >= chat.JOURNAL_BYTES:
            raise Overloaded(after=1.0)
        return self._add(posting)

    def mark(self, mark: Mark) -> "asyncio.Future[Posted | None]":
        """Put a read mark into the next batch; the last one of a side and batch counts."""
        return self._add(mark)

    async def drain(self) -> None:
        """Wait until nothing waits."""
        while self._waiting or self._held or self._writing:
            await asyncio.sleep(0.01)

    def _add(self, work: Posting | Mark) -> "asyncio.Future[Posted | None]":
        item = _Item(work, asyncio.get_running_loop().create_future())
        held = self._held.get(work.conversation) if isinstance(work, Posting) else None
        if held is not None:
            held.append(item)
        else:
            self._waiting.append(item)
            self._bytes += item.size
            if not self._writing:
                self._writing = True
                self._tasks.run_once("journal", self._write_all())
        return item.done

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                await self._write(_in_turn(self._taken()))
        finally:
            self._writing = False

    def _taken(self) -> list[_Item]:
        """The next batch; without what came before its row turned out to be held, and stays behind it."""
        taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), chat.JOURNAL_BATCH))]
        self._bytes -= sum(item.size for item in taken)
        batch: list[_Item] = []
        now = monotonic()
        for item in taken:
            queue_time.observe(now - item.since)
            held = self._held.get(item.work.conversation) if isinstance(item.work, Posting) else None
            (batch if held is None else held).append(item)
        return batch

    async def _write(self, batch: Sequence[_Item]) -> None:
        started = monotonic()
        try:
            outcomes = await db.on_lane("journal", write, [item.work for item in batch])
        except Exception:
            traces = _traces([item.work for item in batch])
            log.warning("A batch failed as a whole and is tried by chat, %s.", traces, exc_info=True)
            await self._write_apart(batch)
            return
        commit.observe(monotonic() - started)
        for item, outcome in zip(batch, outcomes, strict=True):
            if isinstance(item.work, Posting) and (outcome is None or isinstance(outcome, Apart)):
                self._hold(item)
            else:
                _settle(item, outcome)

    async def _write_apart(self, batch: Sequence[_Item]) -> None:
        """The batch failed as a whole: find the conversation that did it."""
        for conversation in dict.fromkeys(item.work.conversation for item in batch):
            await self._write_one([item for item in batch if item.work.conversation == conversation])

    async def _write_one(self, items: Sequence[_Item]) -> None:
        """One conversation's items, waiting for its row; each is answered."""
        works = [item.work for item in items]
        try:
            outcomes: Sequence[Outcome] = await db.run(write, works, patient=True)
        except Refused as refusal:
            outcomes = [refusal] * len(items)
        except Exception as error:
            log.exception("Messages could not be written, %s.", _traces(works), exc_info=error)
            outcomes = [_failed(work) for work in works]
        for item, outcome in zip(items, outcomes, strict=True):
            if isinstance(outcome, Apart):
                await _carry_out(item, outcome)
            else:
                _settle(item, outcome)

    def _hold(self, item: _Item) -> None:
        conversation = item.work.conversation
        if conversation in self._held:
            self._held[conversation].append(item)
            return
        self._held[conversation] = deque([item])
        self._tasks.run_once("journal: a held row", self._write_held(conversation))

    async def _write_held(self, conversation: int) -> None:
        """Until nothing of this conversation waits behind its row any more."""
        held = self._held[conversation]
        while held:
            await self._write_one(_in_turn(_next_of(held)))
        del self._held[conversation]


def _next_of(held: deque[_Item]) -> list[_Item]:
    """What is written together of what waits behind a row: what brings files goes alone."""
    batch = [held.popleft()]
    while held and not _has_files(batch[-1]) and not _has_files(held[0]) and len(batch) < chat.JOURNAL_BATCH:
        batch.append(held.popleft())
    return batch


def _has_files(item: _Item) -> bool:
    return isinstance(item.work, Posting) and bool(item.work.attachments)


def _in_turn(batch: Sequence[_Item]) -> list[_Item]:
    """Those whose turn it is; what waited behind a message that was refused meanwhile is refused too."""
    kept: list[_Item] = []
    for item in batch:
        work = item.work
        if isinstance(work, Mark) or work.turns is None or work.turns.admits(work.name, str(work.client_id)):
            kept.append(item)
        else:
            _settle(item, OutOfTurn())
    return kept


async def _carry_out(item: _Item, why: Apart) -> None:
    """Write what takes an action of its own, unless one before it was refused just now."""
    if not _in_turn([item]) or isinstance(item.work, Mark):
        return
    outcome: Outcome
    try:
        action = post_with_files if isinstance(why, WithFiles) else post_reopening
        outcome = await db.run(action, posting=item.work)
    except Refused as refusal:
        outcome = refusal
    except Exception as error:
        log.exception("A message could not be written, %s.", _traces([item.work]), exc_info=error)
        outcome = _failed(item.work)
    _settle(item, outcome)


def _traces(works: Sequence[Posting | Mark]) -> str:
    """For the log: by what names these can be found again."""
    traces = [work.trace.id for work in works if isinstance(work, Posting) and work.trace is not None]
    return f"trace {', '.join(traces)}" if traces else "no trace"


def _failed(work: Posting | Mark) -> Failed:
    trace = work.trace if isinstance(work, Posting) else None
    return Failed() if trace is None else Failed(trace=trace.id)


def _settle(item: _Item, outcome: Outcome) -> None:
    work = item.work
    if (
        isinstance(work, Posting)
        and work.turns is not None
        and isinstance(outcome, Refused)
        and outcome.retry
    ):
        work.turns.refuse(work.name, str(work.client_id))
    if item.done.done():
        return  # whoever asked is gone; what is written stays written
    if isinstance(outcome, Refused | Apart):
        item.done.set_exception(outcome)
    else:
        item.done.set_result(outcome)

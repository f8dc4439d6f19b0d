"""What each site has learnt, as this process knows it: kept in the database, and in step with it.

Nothing is learnt at the start of a process: a site's memory is opened when somebody first looks for a reply.
Learning is done a little at a time, so that a thread that learns holds nobody up.
"""

import asyncio
from collections.abc import Callable, Iterator
from threading import Lock
from time import monotonic
from typing import Final, TypeVar

from agents.replies.learner import Learner
from agents.replies.memory import copied, remembered, written
from agents.replies.ranker import buckets_for
from agents.replies.reading import choice_of
from support_chat.desk import db
from support_chat.desk.actions.picks import keep_memory
from support_chat.desk.models import CannedReply, Pick, PickMemory
from support_chat.desk.variables import bare

T = TypeVar("T")
DONE: Final = object()

LOOKED_EVERY: Final = 1.0  # seconds: how old a pick of another process may be
TURN: Final = 0.01  # seconds of learning, then a pause
PAUSE: Final = 0.05
NEWEST: Final = 20_000  # picks that a site learns from: more is years, and minutes to learn anew
LATE: Final = 1_000  # keys: a transaction may commit after others that began later
KEPT_EVERY: Final = (
    200  # picks, then the memory is written; what is not in it is learnt again after a restart
)


class Shelf:
    """One site's. Any thread may ask; one at a time keeps it in step."""

    def __init__(self, site: int) -> None:
        self.site = site
        self.is_behind = True  # somebody asked since it was in step
        self.is_busy = False  # there is more to learn at once
        self._lock = Lock()
        self._learner: Learner | None = None
        self._generation = -1
        self._learnt: set[int] = set()  # keys, the newest
        self._kept = 0  # picks in the memory that is written
        self._work: Iterator[None] | None = None

    def ask(self, question: Callable[[Learner], T]) -> T | None:
        """None before anything is learnt."""
        self.is_behind = True
        with self._lock:
            return None if self._learner is None else question(self._learner)

    def keep_up(self) -> None:
        """Learn for a moment; `is_behind` says whether there is more."""
        until = monotonic() + TURN
        self._work = self._work or self._catching_up()
        while monotonic() < until:
            if next(self._work, DONE) is DONE:
                self._work, self.is_behind, self.is_busy = None, False, False
                return
        self.is_busy = True

    def _catching_up(self) -> Iterator[None]:
        """Each step a little. Ends when everything is learnt."""
        generation = PickMemory.objects.filter(site=self.site).values_list("generation", flat=True).first()
        if self._learner is None or (generation or 0) != self._generation:
            yield from self._opening()
        yield from self._reading(self._learner)
        yield from self._learning()

    def _opening(self) -> Iterator[None]:
        row = PickMemory.objects.filter(site=self.site).first()
        learner = remembered(bytes(row.memory)) if row is not None and row.memory else None
        learnt = set(row.learnt) if row is not None and learner is not None else set()
        room = CannedReply.objects.filter(site=self.site, deleted_at=None).count()
        if learner is None or learner.ranker.buckets > buckets_for(room):
            learner, learnt = Learner({}, room=room), set()
        yield from self._reading(learner)
        with self._lock:
            self._learner, self._learnt, self._kept = learner, learnt, learner.picks
            self._generation = row.generation if row is not None else 0
        yield

    def _reading(self, learner: Learner | None) -> Iterator[None]:
        if learner is None:
            return
        replies = CannedReply.objects.filter(site=self.site, deleted_at=None).order_by("pk")
        texts = {each.public_id: [each.shortcut, each.title, bare(each.text)] for each in replies}
        steps = learner.reading(texts)
        while True:
            with self._lock:
                if next(steps, DONE) is DONE:
                    return
            yield

    def _learning(self) -> Iterator[None]:
        while picks := self._new_picks():
            for pick in picks:
                self._learn(pick)
                yield
            self._keep()

    def _new_picks(self) -> list[Pick]:
        begin = max(self._learnt) - LATE if self._learnt else self._oldest()
        rows = Pick.objects.filter(site=self.site, pk__gt=begin).exclude(pk__in=self._learnt)
        return list(rows.select_related("reply").order_by("pk")[:KEPT_EVERY])

    def _oldest(self) -> int:
        """Before the newest picks that count."""
        keys = Pick.objects.filter(site=self.site).order_by("-pk").values_list("pk", flat=True)
        return next(iter(keys[NEWEST : NEWEST + 1]), 0)

    def _learn(self, pick: Pick) -> None:
        choice = choice_of(pick)
        with self._lock:
            if self._learner is not None and choice.reply in self._learner.ranker.columns:
                self._learner.learn(choice)
        newest = max(self._learnt, default=0)
        self._learnt = {key for key in self._learnt if key > newest - LATE} | {pick.pk}

    def _keep(self) -> None:
        learner = self._learner
        if learner is None or learner.picks - self._kept < KEPT_EVERY:
            return
        with self._lock:
            copy, learnt, self._kept = copied(learner), sorted(self._learnt), learner.picks
        keep_memory(site=self.site, generation=self._generation, learnt=learnt, memory=written(copy))


class Library:
    """Every site that was asked for in this process."""

    def __init__(self) -> None:
        self._shelves: dict[int, Shelf] = {}

    def of(self, site: int) -> Shelf:
        return self._shelves.setdefault(site, Shelf(site))

    async def keep_learning(self) -> None:
        """For ever: keep every site in step with the database."""
        while True:
            shelves = [shelf for shelf in self._shelves.values() if shelf.is_behind]
            for shelf in shelves:
                await db.on_lane("reports", shelf.keep_up)
            await asyncio.sleep(PAUSE if any(shelf.is_busy for shelf in shelves) else LOOKED_EVERY)


library: Final = Library()

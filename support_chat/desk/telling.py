"""Transactions that tell: what happened goes into the letterbox with the write, and out after it."""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import timedelta
from time import monotonic
from types import TracebackType
from typing import Any, ClassVar, Final, Self

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from support_chat.desk.events import Event, encoded
from support_chat.desk.ids import public_id
from support_chat.desk.models import Change, Process
from support_chat.desk.prepared import one_journey
from support_chat.desk.word import leave_word
from support_chat.live.news import News
from support_chat.live.traces import Trace
from support_chat.settings.chat import LEASE

log = logging.getLogger(__name__)

Frames = dict[str, tuple[Event, ...]]  # by ear: what that ear hears
Outlet = Callable[[Sequence[News]], None]

# PostgreSQL's classes of errors by which it says what was wrong with a transaction, or in its way.
_REFUSALS: Final = frozenset({"22", "23", "40", "42", "55", "P0"})
UNCLEAR_FOR: Final = 60.0  # seconds; by then the database has ended whatever lost its client

process_name = public_id()
_here = threading.local()
_unclear: dict[
    str, tuple[int, float]
] = {}  # writers of ours with a turn more, or not → before it; until when
_naming = threading.Lock()  # two threads that raised the number and then both read it would be one writer


class Telling:
    """`with Telling() as telling:` is one short transaction and everything that it tells.

    Nothing is told when it fails. Never nested: an action that is part of another takes its telling.
    `outlet` is where news goes after a commit; None where nobody listens, as in a command. `trace` is of
    the command that all of it came of, if it is one.
    """

    outlet: ClassVar[Outlet | None] = None

    def __init__(self, trace: Trace | None = None) -> None:
        self.trace = trace
        self._atomic = transaction.atomic(durable=True)
        self._news: list[News] = []
        self._state: dict[str, Frames] = {}
        self._after: list[Callable[[], object]] = []
        self._journey = ExitStack()

    def news(self, news: Iterable[News]) -> None:
        """Tell news that carry their own version: entries by position, readers by theirs."""
        self._news.extend(news)

    def state(self, topic: str, frames: Frames) -> None:
        """Tell a change of a state topic; its version is raised once, however often it is named."""
        told = self._state.setdefault(topic, {})
        for ear, events in frames.items():
            told[ear] = (*told.get(ear, ()), *events)

    def after(self, call: Callable[[], object]) -> None:
        """Call this once, after the commit, when everything has been told."""
        if call not in self._after:
            self._after.append(call)

    def last_journey(self) -> None:
        """From here on it only writes: what it still does goes to the database with its word and the commit,
        and where anything of it fails, the commit is not done."""
        self._journey.enter_context(one_journey())

    def __enter__(self) -> Self:
        _writer()
        self._atomic.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            with self._journey:
                self._leave(kind, error, trace)
            return
        with self._journey:
            try:
                written = {topic: _written(frames) for topic, frames in self._state.items()}
                versions = self._word()
            except BaseException as failure:
                self._leave(type(failure), failure, failure.__traceback__)
                raise
            self._leave(None, None, None)
            self._news += [
                News(topic=name, version=n, frames=written[name]) for name, n in versions().items()
            ]
            self._deliver()
        self._follow()

    def _word(self) -> Callable[[], dict[str, int]]:
        if not self._news and not self._state:
            return dict
        writer, n = _writer()
        topics = {item.topic: item.version for item in self._news}
        change = Change(writer=writer, n=n + 1, topics=topics, traces=self._traces(), at=timezone.now())
        return leave_word(change, raising=sorted(self._state))

    def _traces(self) -> dict[str, list[Trace]]:
        """By topic, what led to this; so that a message can be followed where its hint was lost."""
        traces: dict[str, list[Trace]] = {}
        for item in self._news:
            if item.trace is not None:
                traces.setdefault(item.topic, []).append(item.trace)
        return traces

    def _leave(self, *error: Any) -> None:
        try:
            self._atomic.__exit__(*error)
        except BaseException as failure:
            if not _was_refused(failure):  # who knows whether this turn was counted? Count under a new name
                if self._news or self._state:
                    _unclear[_here.writer] = (_here.n, monotonic() + UNCLEAR_FOR)
                _here.writer = None
            raise
        if error[0] is None and (self._news or self._state):
            _here.n += 1

    def _deliver(self) -> None:
        outlet = Telling.outlet
        if self._news and outlet is not None:
            outlet(self._news)

    def _follow(self) -> None:
        for call in self._after:
            try:
                call()
            except DatabaseError:  # what is committed stays done; the clock comes back to the rest
                log.warning("What was to follow a commit is left to the clock.", exc_info=True)


def _was_refused(failure: BaseException) -> bool:
    """Whether the database said no to what was written, and not only never said yes."""
    state = getattr(failure.__cause__, "sqlstate", None) or ""
    return state[:2] in _REFUSALS


def _written(frames: Frames) -> dict[str, tuple[str, ...]]:
    return {ear: tuple(encoded(event) for event in events) for ear, events in frames.items()}


def unclear_turns() -> dict[str, int]:
    """Writers of this process who may have told one turn that nobody here was told of → the turn before it.

    A connection that is lost in a COMMIT leaves open whether it was done; the letterbox knows.
    """
    for writer, (_, until) in tuple(_unclear.items()):
        if monotonic() > until:
            _unclear.pop(writer, None)
    return {writer: n for writer, (n, _) in tuple(_unclear.items())}


def tell_now(news: News) -> None:
    """Tell what is over before anybody could read it again: it leaves nothing in the letterbox."""
    outlet = Telling.outlet
    if outlet is not None:
        outlet([news])


def _writer() -> tuple[str, int]:
    """This thread's name as a writer, and how many transactions it has told."""
    if getattr(_here, "writer", None) is None:
        lease = timezone.now() + timedelta(seconds=LEASE)
        Process.objects.get_or_create(name=process_name, defaults={"lease_until": lease})
        with _naming:
            Process.objects.filter(name=process_name).update(writers=F("writers") + 1)
            slot = Process.objects.values_list("writers", flat=True).get(name=process_name)
        _here.writer, _here.n = f"{process_name}.{slot}", 0
    return _here.writer, _here.n

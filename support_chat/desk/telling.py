"""Transactions that tell: what happened goes into the letterbox with the write, and out after it."""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from time import monotonic
from types import TracebackType
from typing import Any, ClassVar, Final, Self

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from support_chat.desk.columns import Columns
from support_chat.desk.events import Event, encoded
from support_chat.desk.ids import public_id
from support_chat.desk.models import Change, Process
from support_chat.live.news import News
from support_chat.live.traces import Trace
from support_chat.settings.chat import LEASE

log = logging.getLogger(__name__)

Frames = dict[str, tuple[Event, ...]]  # by ear: what that ear hears
Outlet = Callable[[Sequence[News]], None]

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

    def __enter__(self) -> Self:
        _writer()
        self._atomic.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._seal()
        except BaseException as failure:
            self._atomic.__exit__(type(failure), failure, failure.__traceback__)
            raise
        self._leave(kind, error, trace)
        if kind is None:
            self._deliver()

    def _seal(self) -> None:
        versions = raised(sorted(self._state))
        for topic, frames in self._state.items():
            words = {ear: tuple(encoded(event) for event in events) for ear, events in frames.items()}
            self._news.append(News(topic=topic, version=versions[topic], frames=words))
        if self._news:
            writer, n = _writer()
            topics = {item.topic: item.version for item in self._news}
            change = Change(writer=writer, n=n + 1, topics=topics, traces=self._traces(), at=timezone.now())
            _changes.insert([change])

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
        except BaseException:
            if self._news:
                _unclear[_here.writer] = (_here.n, monotonic() + UNCLEAR_FOR)
            _here.writer = None  # nobody knows whether this turn was counted: count under a new name
            raise
        if error[0] is None and self._news:
            _here.n += 1

    def _deliver(self) -> None:
        outlet = Telling.outlet
        if self._news and outlet is not None:
            outlet(self._news)
        for call in self._after:
            try:
                call()
            except DatabaseError:  # what is committed stays done; the clock comes back to the rest
                log.warning("What was to follow a commit is left to the clock.", exc_info=True)


_changes = Columns(Change, ["writer", "n", "topics", "traces", "at"])


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


def raised(topics: Sequence[str]) -> dict[str, int]:
    """Raise the versions of these topics, in this order, and return them."""
    if not topics:
        return {}
    rows = ", ".join(["(%s, 1)"] * len(topics))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO desk_topic (name, version) VALUES {rows} "
            "ON CONFLICT (name) DO UPDATE SET version = desk_topic.version + 1 RETURNING name, version",
            list(topics),
        )
        return dict(cursor.fetchall())


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

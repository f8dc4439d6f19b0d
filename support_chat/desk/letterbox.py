"""Finds what a lost hint left behind: once a second, what is new of every other writer. Of our own it
reads only those of whom nobody knows whether they told their last.

Each writer's changes are numbered without gaps in the order it committed them, so "new" is what lies
beyond the last number seen: no clock and no commit order across writers is involved.
"""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q

from support_chat.desk import db
from support_chat.desk.list_news import lists_news
from support_chat.desk.measures import letterbox_beat
from support_chat.desk.models import Change, Process
from support_chat.desk.telling import process_name, unclear_turns
from support_chat.live.hub import Hub
from support_chat.live.measures import delivery
from support_chat.live.traces import Trace, follow
from support_chat.settings.chat import LETTERBOX_EVERY

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Letterbox:
    hub: Hub
    _seen: dict[str, int] | None = None  # writer → n; None before the first look

    async def run(self) -> None:
        """Look once a second, whatever became of the look before: whoever waits longer is told later."""
        while True:
            try:
                await self.look()
            except Exception:
                log.warning("The letterbox could not be read.", exc_info=True)
            await asyncio.sleep(LETTERBOX_EVERY)

    async def look(self) -> None:
        """Read what is new and let the hub compare."""
        self._seen, topics, traces = await db.read(changes_since, self._seen)
        for topic, version in topics.items():
            if version == 0:
                self.hub.found(lists_news(topic))
                continue
            if self.hub.lacks(topic, version):
                _follow(topic, traces.get(topic, ()))
            self.hub.heard(topic, version)
        letterbox_beat.tick()


def _follow(topic: str, traces: Iterable[Trace]) -> None:
    for trace in traces:
        delivery.observe(follow(trace, "%s was found in the letterbox", topic))


def changes_since(
    seen: dict[str, int] | None,
) -> tuple[dict[str, int], dict[str, int], dict[str, list[Trace]]]:
    """Each writer's last number now, and of every topic that changed meanwhile the newest version and the
    traces of what changed it."""
    writers = _writers()
    # At a first look: what was before us is in our snapshots. Who came since then is read from the start.
    known = _baseline(writers) if seen is None else {writer: seen.get(writer, 0) for writer in writers}
    known |= {writer: (seen or {}).get(writer, n) for writer, n in unclear_turns().items()}
    topics: dict[str, int] = {}
    traces: dict[str, list[Trace]] = {}
    for change in _new(known):
        known[change.writer] = change.n
        for topic, version in change.topics.items():
            topics[topic] = max(version, topics.get(topic, 0))
        for topic, led_here in change.traces.items():
            traces.setdefault(topic, []).extend(Trace(*trace) for trace in led_here)
    return known, topics, traces


def _writers() -> list[str]:
    processes = Process.objects.exclude(name=process_name).values_list("name", "writers")
    return [f"{name}.{slot}" for name, writers in processes for slot in range(1, writers + 1)]


def _baseline(writers: list[str]) -> dict[str, int]:
    rows = Change.objects.filter(writer__in=writers).values("writer").annotate(last=Max("n"))
    return dict.fromkeys(writers, 0) | {row["writer"]: row["last"] for row in rows}


def _new(known: dict[str, int]) -> Iterable[Change]:
    if not known:
        return []
    beyond = Q()
    for writer, n in known.items():
        beyond |= Q(writer=writer, n__gt=n)
    return Change.objects.filter(beyond).order_by("writer", "n")

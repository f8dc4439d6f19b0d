"""Finds what a lost hint left behind: once a second, what is new of every other writer.

Each writer's changes are numbered without gaps in the order it committed them, so "new" is what lies
beyond the last number seen: no clock and no commit order across writers is involved.
"""

import asyncio
from dataclasses import dataclass

from django.db.models import Max, Q

from support_chat.desk import db
from support_chat.desk.models import Change, Process
from support_chat.desk.telling import process_name
from support_chat.live.hub import Hub
from support_chat.settings.chat import LETTERBOX_EVERY


@dataclass(slots=True)
class Letterbox:
    hub: Hub
    _seen: dict[str, int] | None = None  # writer → n; None before the first look

    async def run(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(LETTERBOX_EVERY)

    async def look(self) -> None:
        """Read what is new and let the hub compare."""
        self._seen, topics = await db.read(changes_since, self._seen)
        for topic, version in topics.items():
            self.hub.heard(topic, version)


def changes_since(seen: dict[str, int] | None) -> tuple[dict[str, int], dict[str, int]]:
    """Each writer's last number now, and the newest version of every topic that changed meanwhile."""
    writers = _writers()
    # At a first look: what was before us is in our snapshots. Who came since then is read from the start.
    known = _baseline(writers) if seen is None else {writer: seen.get(writer, 0) for writer in writers}
    topics: dict[str, int] = {}
    for writer, n, told in _new(known):
        known[writer] = n
        for topic, version in told.items():
            topics[topic] = max(version, topics.get(topic, 0))
    return known, topics


def _writers() -> list[str]:
    processes = Process.objects.exclude(name=process_name).values_list("name", "writers")
    return [f"{name}.{slot}" for name, writers in processes for slot in range(1, writers + 1)]


def _baseline(writers: list[str]) -> dict[str, int]:
    rows = Change.objects.filter(writer__in=writers).values("writer").annotate(last=Max("n"))
    return dict.fromkeys(writers, 0) | {row["writer"]: row["last"] for row in rows}


def _new(known: dict[str, int]) -> list[tuple[str, int, dict[str, int]]]:
    if not known:
        return []
    beyond = Q()
    for writer, n in known.items():
        beyond |= Q(writer=writer, n__gt=n)
    return list(Change.objects.filter(beyond).order_by("writer", "n").values_list("writer", "n", "topics"))

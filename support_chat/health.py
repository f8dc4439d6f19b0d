"""Alive and ready are different: alive answers, ready keeps up. Red is a lag, and says which one."""

import asyncio
from dataclasses import asdict, dataclass
from time import monotonic

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from support_chat.desk import db
from support_chat.desk.clock import overdue
from support_chat.desk.measures import clock_beat, letterbox_beat
from support_chat.engine import Engine
from support_chat.live.refusals import Refused
from support_chat.settings import chat


@dataclass(frozen=True, slots=True)
class Lags:
    """How far this process is behind, in seconds and messages. None: unknown."""

    database: float | None  # for one small query
    overdue: float | None  # of the oldest deadline that no process has taken
    clock: float
    letterbox: float
    journal: int
    hints: float | None  # since any hint came; None without a channel layer

    def red(self) -> list[str]:
        """What keeps this process from its work."""
        red = {
            "database": self.database is None or self.database > chat.READY_DATABASE,
            "deadlines": self.overdue is not None and self.overdue > chat.READY_CLOCK,
            "clock": self.clock > chat.READY_CLOCK,
            "letterbox": self.letterbox > chat.READY_LETTERBOX,
            "journal": self.journal >= chat.READY_JOURNAL,
        }
        return [name for name, is_red in red.items() if is_red]

    def degraded(self) -> list[str]:
        """What makes this process slower and holds up nothing."""
        return ["hints"] if self.hints is not None and self.hints > chat.READY_HINTS else []


async def live(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"live": True})


async def ready(request: HttpRequest) -> JsonResponse:
    """200 when this process keeps up, else 503; `red` and `degraded` name what does not, `lags` say by
    how much."""
    engine = Engine.running
    if engine is None:
        return JsonResponse({"ready": False, "red": ["engine"]}, status=503)
    lags = await lags_of(engine)
    red, degraded = lags.red(), lags.degraded()
    body = {"ready": not red, "red": red, "degraded": degraded, "lags": _rounded(asdict(lags))}
    return JsonResponse(body, status=503 if red else 200, headers={"Cache-Control": "no-store"})


async def lags_of(engine: Engine) -> Lags:
    """As they are now, with one query."""
    database, late = await _ask()
    return Lags(
        database=database,
        overdue=late,
        clock=clock_beat.age,
        letterbox=letterbox_beat.age,
        journal=engine.journal.depth,
        hints=engine.publisher.silence,
    )


async def _ask() -> tuple[float | None, float | None]:
    """Seconds that the database took to say how late the oldest deadline is, and that."""
    asked = monotonic()
    try:
        async with asyncio.timeout(chat.READY_DATABASE):
            late = await db.read(overdue)
    except (DatabaseError, Refused, TimeoutError):
        return None, None
    return monotonic() - asked, late


def _rounded(lags: dict[str, float | None]) -> dict[str, float | None]:
    return {name: None if lag is None else round(lag, 3) for name, lag in lags.items()}

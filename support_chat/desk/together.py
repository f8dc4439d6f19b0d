"""Asked one by one, answered together: where many come at once, the database is asked once for all of them.

Whoever asks while one round runs is in the next; an idle system answers at once.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from support_chat.desk import db
from support_chat.live.refusals import Overloaded, Refused
from support_chat.live.tasks import Tasks
from support_chat.settings.chat import LANE_QUEUE, ROUND

log = logging.getLogger(__name__)

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
_Waiting = deque[tuple[Asked, "asyncio.Future[Answer]"]]


class Together(Generic[Asked, Answer]):
    """One question of this process, used from its event loop alone.

    `answer`, on `lane`, has for each that is asked its answer, or the refusal, in the order asked. Who cannot
    be answered for now among others is asked about once more, alone: nobody suffers for somebody else.
    """

    def __init__(
        self, lane: db.Lane, answer: Callable[[Sequence[Asked]], Sequence[Answer | Refused]]
    ) -> None:
        self._lane: Final[db.Lane] = lane
        self._answer: Final = answer
        self._waiting: _Waiting[Asked, Answer] = deque()
        self._tasks: Final = Tasks()
        self._answering: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answer:
        """The answer. Raises Refused; Overloaded at once when too much waits."""
        if len(self._waiting) >= LANE_QUEUE:
            raise Overloaded
        coming: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        is_answering = _goes_on(self._answering)
        if not is_answering:
            self._waiting.clear()  # nobody waits any more: their event loop ended
        self._waiting.append((asked, coming))
        if not is_answering:
            self._answering = self._tasks.run_once(self._answer.__name__, self._answer_all())
        return await coming

    async def _answer_all(self) -> None:
        try:
            while self._waiting:
                count = min(len(self._waiting), ROUND)
                await self._round([self._waiting.popleft() for _ in range(count)])
        finally:
            while self._waiting:  # our event loop ends
                self._waiting.popleft()[1].cancel()

    async def _round(self, items: Sequence[tuple[Asked, "asyncio.Future[Answer]"]]) -> None:
        answers: Sequence[Answer | Exception]
        try:
            answers = await db.on_lane(self._lane, self._answer, [asked for asked, _ in items])
        except Refused as refusal:
            answers = [refusal] * len(items)
        except Exception as failure:
            log.warning("What %d asked together failed as a whole.", len(items), exc_info=True)
            answers = [failure] * len(items)
        for item, answer in zip(items, answers, strict=True):
            if len(items) > 1 and _may_change(answer):
                self._tasks.run_once(self._answer.__name__, self._round([item]))
            else:
                _settle(item[1], answer)


def _goes_on(task: "asyncio.Task[None] | None") -> bool:
    """Not a flag that the task would take back: one that is cancelled before it begins does nothing, nor does
    one that began when its event loop was just about to end."""
    return task is not None and not task.done() and not task.get_loop().is_closed()


def _may_change(answer: object) -> bool:
    """It failed, or was refused for now."""
    return isinstance(answer, Exception) and (not isinstance(answer, Refused) or answer.retry)


def _settle(coming: "asyncio.Future[Answer]", answer: Answer | Exception) -> None:
    if coming.done():
        return  # whoever asked is gone
    if isinstance(answer, Exception):
        coming.set_exception(answer)
    else:
        coming.set_result(answer)

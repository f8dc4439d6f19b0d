"""Answers that come later: a post is answered when it is committed, and others go on meanwhile."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

Ok = Mapping[str, object]
MOST: Final = 100  # answers a socket may wait for; then it is not read any further


class Later:
    """What a handler returns whose answer is still being made.

    `coming` resolves to what `answer` makes the reply of, or raises Refused.
    """

    __slots__ = ("answer", "coming")

    def __init__(self, coming: Awaitable[Any], answer: Callable[[Any], Ok] = dict) -> None:
        self.coming: asyncio.Future[Any] = asyncio.ensure_future(coming)
        self.answer = answer


class Pending:
    """The answers one socket waits for. Those of a conversation leave in the order asked."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[tuple[Later, Callable[[Later], None]]]] = {}
        self._count = 0

    def add(self, conversation: str, later: Later, reply: Callable[[Later], None]) -> None:
        """`reply(later)` is called once `later.coming` is done and everything before it is replied to."""
        self._waiting.setdefault(conversation, deque()).append((later, reply))
        self._count += 1
        later.coming.add_done_callback(lambda _: self._leave(conversation))

    async def settled(self, conversation: str | None) -> None:
        """Wait until nothing of this conversation (None: of any) is waited for."""
        while coming := self._coming(conversation):
            await asyncio.wait(coming)

    async def room(self) -> None:
        """Wait until one more may be waited for."""
        while self._count >= MOST:
            heads = [queue[0][0].coming for queue in self._waiting.values()]
            await asyncio.wait(heads, return_when=asyncio.FIRST_COMPLETED)

    def _coming(self, conversation: str | None) -> list[asyncio.Future[Any]]:
        if not self._count:
            return []
        queues = self._waiting.values() if conversation is None else [self._waiting.get(conversation, ())]
        return [later.coming for queue in queues for later, _ in queue]

    def _leave(self, conversation: str) -> None:
        queue = self._waiting.get(conversation)
        while queue and queue[0][0].coming.done():
            later, reply = queue.popleft()
            self._count -= 1
            if not queue:
                del self._waiting[conversation]
            reply(later)

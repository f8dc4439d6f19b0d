"""Posts that must arrive once and in the order typed, whatever happens to the socket meanwhile."""

import asyncio
import uuid
from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from support_chat.live.client.errors import ClientError, EndedError, LostError, RefusedError
from support_chat.live.client.link import Link

WINDOW = 16  # posts of one chat under way at once
UNSAID_WAIT = 0.5  # seconds before another try where a refusal names none
TURN_WAIT = 0.05  # seconds until what came out of its turn is tried again


@dataclass(eq=False)
class Post:
    do: str
    fields: dict[str, Any]
    answer: "asyncio.Future[dict[str, Any]]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @property
    def client_id(self) -> str:
        return str(self.fields["client_id"])


class Outbox:
    """One lane a chat. A post is sent again, with the same client_id, until a yes or a final no."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._waiting: dict[str, deque[Post]] = {}
        self._lanes: dict[str, asyncio.Task[None]] = {}

    async def post(
        self, conversation: str, do: str, *, client_id: str | None = None, **fields: Any
    ) -> dict[str, Any]:
        """Puts a command at the end of the chat's lane; returns its `ok`. Raises RefusedError, EndedError."""
        post = Post(do, {"conversation": conversation, "client_id": client_id or str(uuid.uuid4()), **fields})
        self._waiting.setdefault(conversation, deque()).append(post)
        if conversation not in self._lanes:
            self._lanes[conversation] = asyncio.create_task(self._run(conversation))
        return await post.answer

    def pending(self, conversation: str) -> list[str]:
        """The client_ids not yet answered, in the order typed."""
        return [post.client_id for post in self._waiting.get(conversation, ())]

    async def discard(self, conversation: str, client_id: str) -> None:
        """Gives one post up, so that those behind it may go."""
        for post in list(self._waiting.get(conversation, ())):
            if post.client_id == client_id:
                self._waiting[conversation].remove(post)
                post.answer.cancel()
                await self._link.request("skip", {"conversation": conversation, "client_id": client_id})

    def close(self) -> None:
        for lane in self._lanes.values():
            lane.cancel()

    async def _run(self, conversation: str) -> None:
        waiting, reason = self._waiting[conversation], EndedError("stopped")
        try:
            while waiting:
                await self._link.online()
                wait = await self._send_window(waiting)
                await asyncio.sleep(wait)
        except EndedError as ended:
            reason = ended
        finally:
            for post in waiting:
                _settle(post, reason)
            del self._lanes[conversation], self._waiting[conversation]

    async def _send_window(self, waiting: deque[Post]) -> float:
        """Sends what waits, in order; keeps what must come again; returns the seconds to wait before that."""
        window = list(islice(waiting, WINDOW))
        outcomes = await asyncio.gather(*map(self._attempt, window), return_exceptions=True)
        waits = [0.0]
        for post, outcome in zip(window, outcomes, strict=True):
            if (wait := _wait_before_retry(outcome)) is not None and not post.answer.done():
                waits.append(wait)
                continue
            _settle(post, outcome)
            if post in waiting:
                waiting.remove(post)
        return max(waits)

    async def _attempt(self, post: Post) -> dict[str, Any]:
        return await self._link.request(post.do, post.fields)


def _wait_before_retry(outcome: dict[str, Any] | BaseException) -> float | None:
    if isinstance(outcome, LostError):
        return 0.0
    if isinstance(outcome, RefusedError) and outcome.retry:
        # Those refused only for coming after another one go when that one goes, or is given up elsewhere.
        return TURN_WAIT if outcome.code == "out_of_turn" else (outcome.after or UNSAID_WAIT)
    return None


def _settle(post: Post, outcome: dict[str, Any] | BaseException) -> None:
    if post.answer.done():
        return
    if isinstance(outcome, ClientError):
        post.answer.set_exception(outcome)
    elif isinstance(outcome, BaseException):
        post.answer.set_exception(LostError(repr(outcome)))
    else:
        post.answer.set_result(outcome)

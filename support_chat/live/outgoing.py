"""The sending half of a socket: a bounded queue, and the one task that empties it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from support_chat.live.close_codes import CloseCode
from support_chat.live.measures import closes

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

MAX_BYTES: Final = 1024 * 1024  # waiting for a reader that is slower than what it is told
FULL_BYTES: Final = 256 * 1024  # waiting, from which on the client is not listened to
CLOSE_WITHIN: Final = 5.0  # seconds from closing to gone, whatever the peer does


class Outgoing:
    """Frames leave in the order put. After `close` nothing is taken any more, silently."""

    def __init__(self, send: Send) -> None:
        self.closing: CloseCode | None = None
        self._send = send
        self._frames: deque[tuple[str, int, bool]] = deque()
        self._bytes = 0
        self._filled = asyncio.Event()
        self._emptied = asyncio.Event()
        self._sending: asyncio.Task[Any] | None = None

    def put(self, frame: str, fleeting: bool = False) -> None:
        """Send this when its turn comes. If too much waits, what is fleeting goes first, then the reader."""
        if self.closing is not None:
            return
        size = len(frame) if frame.isascii() else len(frame.encode())
        self._frames.append((frame, size, fleeting))
        self._bytes += size
        if self._bytes > MAX_BYTES:
            self._shed()
        self._filled.set()

    @property
    def is_full(self) -> bool:
        return self._bytes > FULL_BYTES

    def take(self) -> str | None:
        """The first frame that waits, instead of sending it; None when none does."""
        return self._frames.popleft()[0] if self._frames else None

    async def emptied(self) -> None:
        """Wait until everything that waits has been sent."""
        self._emptied.clear()
        await self._emptied.wait()

    def close(self, code: CloseCode) -> None:
        """Send what waits, then close; at the latest after CLOSE_WITHIN."""
        if self.closing is None:
            self.closing = code
            closes[int(code)] += 1
            self._filled.set()
            asyncio.get_running_loop().call_later(CLOSE_WITHIN, self._give_up)

    async def run(self) -> None:
        """Send until closed. Raises what sending raises; is cancelled when the peer takes nothing."""
        self._sending = asyncio.current_task()
        try:
            await self._send_until_closed()
        finally:
            self._sending = None  # what ended it leads back here: see server/socket.py

    async def _send_until_closed(self) -> None:
        frames, send, filled = self._frames, self._send, self._filled
        while True:
            while frames:
                text, size, _ = frames.popleft()
                self._bytes -= size
                await send({"type": "websocket.send", "text": text})
            if self.closing is not None:
                await send({"type": "websocket.close", "code": int(self.closing)})
                return
            self._emptied.set()
            filled.clear()
            await filled.wait()

    def _give_up(self) -> None:
        if self._sending is not None:
            self._sending.cancel()

    def _shed(self) -> None:
        kept = [frame for frame in self._frames if not frame[2]]
        self._frames.clear()
        self._frames.extend(kept)
        self._bytes = sum(size for _, size, _ in kept)
        if self._bytes > MAX_BYTES:
            self._frames.clear()
            self._bytes = 0
            self.close(CloseCode.TOO_SLOW)

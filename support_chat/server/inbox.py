"""What a socket has received and its application has not consumed yet."""

import asyncio
from collections.abc import MutableMapping
from typing import Any, Protocol

from support_chat.server.limits import INBOX_BYTES, INBOX_FRAMES

Message = MutableMapping[str, Any]


class Reading(Protocol):
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...


class Inbox(asyncio.Queue[Message]):
    """Never refuses a message. When it is full the socket is not read, until half of it is consumed."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading
        self._bytes = 0
        self._is_full = False

    def _put(self, item: Message) -> None:
        super()._put(item)
        self._bytes += _size(item)
        if not self._is_full and (self._bytes > INBOX_BYTES or self.qsize() >= INBOX_FRAMES):
            self._is_full = True
            self._reading.pause_reading()

    def _get(self) -> Message:
        item = super()._get()
        self._bytes -= _size(item)
        if self._is_full and self._bytes <= INBOX_BYTES // 2 and self.qsize() <= INBOX_FRAMES // 2:
            self._is_full = False
            # Not from here: what is read then is put before this one is handed over.
            asyncio.get_running_loop().call_soon(self._read_on)
        return item

    def _read_on(self) -> None:
        if not self._is_full:
            self._reading.resume_reading()


def _size(message: Message) -> int:
    return len(message.get("text") or message.get("bytes") or "")

"""One HTTP request, and what no request may say."""

import asyncio
import socket
from typing import IO, Any, Final

from daphne.http_protocol import WebRequest

from support_chat.server.channel import BoundedChannel
from support_chat.server.inbox import Message
from support_chat.server.limits import BODY_BYTES, KERNEL_BYTES, UNACKNOWLEDGED

ONCE = (b"Host", b"Origin", b"Cookie", b"Authorization")  # two of them: which one is meant, and by whom?
WATCH: Final = "http.response.watch"  # an extension: an application sends it before an answer that goes on
PIECE: Final = 256 * 1024  # bytes of a body that are handed over at once
OURS = b"Daphne-Root-Path"  # daphne believes it, whoever says it


class BodyInbox(asyncio.Queue[Message]):
    """Hands a body over by pieces, read when they are asked for: what daphne puts is not kept."""

    def __init__(self, content: IO[bytes]) -> None:
        super().__init__()
        self._content: IO[bytes] | None = content
        self._begun = False

    def put_nowait(self, item: Message) -> None:
        if item["type"] != "http.request":
            super().put_nowait(item)

    async def get(self) -> Message:
        if self._content is None or self._content.closed:
            return await super().get()
        if not self._begun:
            self._begun = True
            self._content.seek(0)
        piece = self._content.read(PIECE)
        if len(piece) < PIECE:
            self._content = None
        return {"type": "http.request", "body": piece, "more_body": self._content is not None}


class BoundedRequest(WebRequest):
    """daphne's, with a body that is counted while it comes."""

    error_template = "<!doctype html><title>%(title)s</title><h1>%(title)s</h1><p>%(body)s</p>"

    def __init__(self, channel: BoundedChannel, queued: object = 0) -> None:
        super().__init__(channel, queued, False)  # Twisted need not parse forms: the application does
        self.writing = channel.writing
        self._size = 0

    def new_inbox(self) -> asyncio.Queue[Message]:
        """For the body, which is here and bounded when the application begins; a large one on the disk."""
        return asyncio.Queue() if self._size <= BODY_BYTES else BodyInbox(self.content)

    def watch(self) -> None:
        """Cut the connection when its other side is gone without a word. Nobody else would notice: where
        little is sent there is always room for it."""
        handle = self.channel.transport.getHandle()
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
            handle.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED * 1000)

    def application_ended(self) -> None:
        """Whatever became of the application, nobody is left waiting for it."""
        if self.finished or self._disconnected:
            return
        if self._response_started:
            self.channel.forceAbortClient()
        else:
            self.basic_error(500, b"Internal Server Error", "Something went wrong here.")

    def handle_exception(self, exception: BaseException) -> None:
        self.application_ended()

    # Called by Twisted

    def handleContentChunk(self, data: bytes) -> None:
        self._size += len(data)
        if self.channel.take_body(self._size):
            self.channel.more_time(len(data))
            super().handleContentChunk(data)

    def process(self) -> Any:
        self.requestHeaders.removeHeader(OURS)
        if any(len(self.requestHeaders.getRawHeaders(name, ())) > 1 for name in ONCE):
            self.basic_error(400, b"Bad Request", "A header came twice.")
            return None
        processed = super().process()
        if self.transport is None:  # it is a socket's now, which needs no request
            self.channel.requests.clear()
        return processed

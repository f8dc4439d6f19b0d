"""One WebSocket: read as fast as it is consumed, written to as fast as it reads, never left open."""

import socket
from typing import Any

from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import reactor
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure

from support_chat.live.close_codes import CloseCode
from support_chat.server.frame import framed
from support_chat.server.inbox import Inbox
from support_chat.server.limits import FRAGMENTS, KERNEL_BYTES
from support_chat.server.writing import Writing


class BoundedSocket(WebSocketProtocol):
    """daphne's, with back-pressure in both directions."""

    writing: Writing
    _is_paused = False
    _fragments = 0
    _owed_pong: bytes | None = None

    def new_inbox(self) -> Inbox:
        return Inbox(self)

    def application_ended(self) -> None:
        """Whatever became of the application, its socket ends with it."""
        if self.state == self.STATE_CONNECTING and hasattr(self, "handshake_deferred"):
            super().handle_exception(RuntimeError())
            del self.handshake_deferred
        elif self.state == self.STATE_OPEN and self.writing.is_held:
            self.dropConnection(abort=True)  # a close frame would wait behind what is not read
        elif self.state == self.STATE_OPEN:
            self.serverClose(CloseCode.FAILED)

    def handle_exception(self, exception: BaseException) -> None:
        self.application_ended()

    def serverClose(self, code: int | None = None) -> None:
        self.sendCloseFrame(code=CloseCode.GOODBYE if code is None else int(code))
        self.resume_reading()  # for the client's own close frame; what comes before it is discarded

    # Reading

    def pause_reading(self) -> None:
        if self.state == self.STATE_OPEN:
            self._is_paused = True
            self.transport.pauseProducing()

    def resume_reading(self) -> None:
        if self._is_paused:
            self._is_paused = False
            self.transport.resumeProducing()
            if self.data:
                self.consumeData()

    def processData(self) -> bool:
        return not self._is_paused and bool(super().processData())

    def onMessage(self, payload: bytes, is_binary: bool) -> None:
        if self.state == self.STATE_OPEN:
            super().onMessage(payload, is_binary)

    def onMessageFrameData(self, payload: bytes) -> None:
        super().onMessageFrameData(payload)
        pieces = self.frame_data
        if pieces is not None and len(pieces) > FRAGMENTS:  # a frame that comes byte by byte
            pieces[:] = [b"".join(pieces)]

    def onMessageFrameEnd(self) -> None:
        super().onMessageFrameEnd()
        self._fragments = 0 if self.current_frame.fin else self._fragments + 1
        if self._fragments > FRAGMENTS:
            self.dropConnection(abort=True)

    # Writing

    def pauseProducing(self) -> None:
        self.writing.hold()

    def resumeProducing(self) -> None:
        self.writing.release()
        if self._owed_pong is not None:
            pong, self._owed_pong = self._owed_pong, None
            self.sendPong(pong)

    def stopProducing(self) -> None:
        self.writing.release()

    def serverSend(self, content: Any, binary: bool = False) -> None:
        """What is sent after the end is lost: the application learns of the end when it listens."""
        if self.state == self.STATE_OPEN:
            self.transport.write(framed(content if binary else content.encode(), binary=binary))

    def onPing(self, payload: bytes) -> None:
        """The latest is answered, as soon as there is room: pongs must not pile up for who does not read."""
        if self.writing.is_held:
            self._owed_pong = payload
        else:
            super().onPing(payload)

    def _sendAutoPing(self) -> None:
        if self.autoPingTimeoutCall is None:  # one at a time: an older one's timeout could not be cancelled
            super()._sendAutoPing()

    def onAutoPingTimeout(self) -> None:
        if self._is_paused or self.writing.is_held:  # the pong may be there, or the ping not yet
            self.autoPingTimeoutCall = reactor.callLater(self.autoPingTimeout, self.onAutoPingTimeout)
        else:
            super().onAutoPingTimeout()

    # From the handshake to the end

    def connectionMade(self) -> None:
        self.writing = Writing(self.transport)
        self.transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        self.transport.unregisterProducer()  # the HTTP connection that this was
        self.transport.registerProducer(self, True)
        super().connectionMade()

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        self.writing.stop()
        super().connectionLost(reason)
        # Both lead back here. Without such circles what a connection took is free as soon as it is gone; the
        # collector comes by seldom, and to what has lived for a while hardly ever.
        self.is_closed = None
        self.__dict__.pop("application_queue", None)

    def _closeConnection(self, abort: bool = False) -> Any:
        if not abort:
            self.writing.watch()
        return super()._closeConnection(abort)

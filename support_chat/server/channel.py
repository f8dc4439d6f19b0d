"""One HTTP connection: requests must come whole and in time, answers wait for their reader."""

from typing import Any

from twisted.internet import reactor
from twisted.internet.base import DelayedCall
from twisted.python.failure import Failure
from twisted.web.http import HTTPChannel, Request

from support_chat.server.large_bodies import LargeBodies
from support_chat.server.limits import BODY_BYTES, BODY_RATE, CLOSE_WITHIN, REQUEST_WITHIN
from support_chat.server.writing import Writing

BAD_REQUEST = b"400 Bad Request"
TOO_LATE = b"408 Request Timeout"
TOO_LARGE = b"413 Content Too Large"
TOO_MANY = b"503 Service Unavailable"


class BoundedChannel(HTTPChannel):
    """Twisted's, which times silence alone and takes a body of any length."""

    def __init__(self) -> None:
        super().__init__()
        self.is_refused = False
        self._most = BODY_BYTES  # of the body that is coming
        self._due: DelayedCall | None = None

    def refuse(self, status: bytes) -> None:
        """Answer at once, hear no more, and be gone soon.

        What still comes is discarded for a while: closing over unread bytes resets the connection, and
        the client would never see the answer.
        """
        if self.is_refused:
            return
        self.is_refused = True
        self.setTimeout(None)
        self._in_time()
        self.transport.write(b"HTTP/1.1 %b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" % status)
        self._networkProducer.unregisterProducer()
        self.transport.loseWriteConnection()
        self._abortingCall = reactor.callLater(CLOSE_WITHIN, self.forceAbortClient)

    def take_body(self, size: int) -> bool:
        """So many bytes of a body have come in all; whether they may."""
        if size > self._most:
            self.refuse(TOO_LARGE)
        return not self.is_refused

    def more_time(self, size: int) -> None:
        """For so many bytes more of the body."""
        if self._due is not None:
            self._due.delay(size / BODY_RATE)

    # Called by Twisted

    def connectionMade(self) -> None:
        super().connectionMade()
        self.writing = Writing(self.transport)

    def dataReceived(self, data: bytes) -> None:
        if not self.is_refused:
            self._expect_the_rest()
            super().dataReceived(data)

    def lineLengthExceeded(self, line: bytes) -> None:
        self.refuse(BAD_REQUEST)

    def allHeadersReceived(self) -> None:
        self._let_in_body()
        if self.take_body(self.length or 0):
            super().allHeadersReceived()

    def rawDataReceived(self, data: bytes) -> None:
        if not self.is_refused:
            super().rawDataReceived(data)

    def allContentReceived(self) -> None:
        if not self.is_refused:
            self._in_time()
            super().allContentReceived()

    def requestDone(self, request: Request) -> None:
        self._large.release(self)
        super().requestDone(request)
        if self.requests:
            self._expect_the_rest()

    def connectionLost(self, reason: Failure) -> None:
        self._large.release(self)
        self._in_time()
        self.writing.stop()
        super().connectionLost(reason)

    def loseConnection(self) -> Any:
        self.writing.watch()
        return super().loseConnection()

    def pauseProducing(self) -> None:
        super().pauseProducing()
        self.writing.hold()

    def resumeProducing(self) -> None:
        super().resumeProducing()
        self.writing.release()

    def stopProducing(self) -> None:
        super().stopProducing()
        self.writing.release()

    def _respondToBadRequestAndDisconnect(self) -> None:
        self.refuse(BAD_REQUEST)

    @property
    def _large(self) -> LargeBodies:
        bodies: LargeBodies = self.factory.large_bodies
        return bodies

    def _let_in_body(self) -> None:
        """How much this address takes; where that is more than others do, so many at once."""
        path = self._path.partition(b"?")[0]
        self._most = self._large.most(path, or_else=BODY_BYTES)
        if self._most > BODY_BYTES and not self._large.take(self):
            self.refuse(TOO_MANY)

    # The deadline

    def _expect_the_rest(self) -> None:
        if self._due is None and not self._handlingRequest:
            self._due = reactor.callLater(REQUEST_WITHIN, self._is_late)

    def _is_late(self) -> None:
        self._due = None
        self.refuse(TOO_LATE)

    def _in_time(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

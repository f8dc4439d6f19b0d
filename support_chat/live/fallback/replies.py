"""Answers as HTTP has them: a status, the same error object as in a frame, and no cache."""

import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from support_chat.live.close_codes import CloseCode
from support_chat.live.decoder import encode
from support_chat.live.measures import refusals
from support_chat.live.outgoing import Send
from support_chat.live.refusals import (
    BadField,
    BadFrame,
    Failed,
    NotAllowed,
    Overloaded,
    Refused,
    TooBig,
    TooFast,
    UnknownToken,
)
from support_chat.live.traces import begin

log = logging.getLogger(__name__)

Headers = Sequence[tuple[bytes, bytes]]
RETURN_AFTER: Final = 1.0  # seconds: another process, or the next one, is there by then
FLOODED: Final = 30.0  # seconds
WATCH: Final = "http.response.watch"  # what our server offers

STATUS: Final[Mapping[type[Refused], int]] = {
    BadFrame: 400,
    BadField: 400,
    UnknownToken: 401,
    NotAllowed: 403,
    TooBig: 413,
    TooFast: 429,
    Failed: 500,
    Overloaded: 503,
}
_BEFORE_ALL: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))


class HttpRefused(Exception):
    """A request that carries no command out, ready to be answered."""

    def __init__(self, status: int, refusal: Refused, headers: Headers = ()) -> None:
        super().__init__(refusal.message)
        refusals[refusal.code] += 1
        self.status = status
        self.body = encode({"re": None, "error": refusal.as_error()})
        after = refusal.after or RETURN_AFTER
        self.headers = [*headers, *([(b"retry-after", b"%d" % math.ceil(after))] if refusal.retry else ())]


@contextmanager
def said_as_failed() -> Iterator[None]:
    """What is raised within and refuses nothing is logged, and then refused by `failed`."""
    try:
        yield
    except Refused:
        raise
    except Exception:
        trace = begin().id
        log.exception("A request failed, trace %s.", trace)
        raise Failed(trace=trace) from None


def refusal_of(code: CloseCode) -> Refused:
    """What a request is told where a socket would be closed."""
    match code:
        case CloseCode.NOT_SIGNED_IN:
            return UnknownToken()
        case CloseCode.NOT_ALLOWED:
            return NotAllowed()
        case CloseCode.FLOODING | CloseCode.ONE_TOO_MANY:
            return TooFast(after=FLOODED)
    return Overloaded(after=RETURN_AFTER)


async def refuse(send: Send, refusal: Refused) -> None:
    """By its status; of what has none, by whose fault it is."""
    no = HttpRefused(STATUS.get(type(refusal), 503 if refusal.retry else 400), refusal)
    await reply(send, no.status, no.body, no.headers)


async def reply(send: Send, status: int, body: str, headers: Headers = ()) -> None:
    content = body.encode()
    sizes = ((b"content-type", b"application/json"), (b"content-length", b"%d" % len(content)))
    await send({"type": "http.response.start", "status": status, "headers": [*_BEFORE_ALL, *sizes, *headers]})
    await send({"type": "http.response.body", "body": content})


async def begin_lines(scope: Mapping[str, Any], send: Send) -> None:
    """The head of an answer that goes on. A proxy is asked to hand every line over at once, and the server,
    if it can, to notice when nobody takes them any more."""
    if WATCH in (scope.get("extensions") or {}):
        await send({"type": WATCH})
    kind = ((b"content-type", b"application/x-ndjson"), (b"x-accel-buffering", b"no"))
    await send({"type": "http.response.start", "status": 200, "headers": [*_BEFORE_ALL, *kind]})

"""`serve` around an application that behaves badly on purpose, with impatient limits; given a port."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from support_chat.live.close_codes import CloseCode
from support_chat.live.live_socket import LiveSocket
from support_chat.server import bounded, channel, process, writing

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

LATE = 1.5  # seconds that the late ones take
PIECE = b"x" * 65_536
PIECES = 1_000

running: set[str] = set()  # the paths of applications that have begun and not ended


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    running.add(scope["path"])
    try:
        await PATHS[scope["path"]](scope, receive, send)
    finally:
        running.discard(scope["path"])


async def late(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Does not listen for a while; then says of each frame with which number it begins."""
    await accept(receive, send)
    await asyncio.sleep(LATE)
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"][:8]})


async def loud(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await accept(receive, send)
    for _ in range(PIECES):
        await send({"type": "websocket.send", "bytes": PIECE})
    await send({"type": "websocket.close", "code": 4000})


async def raises(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await accept(receive, send)
    await receive()
    raise RuntimeError("on purpose")


async def returns(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await accept(receive, send)
    await receive()


class BrokenAtTheDoor(LiveSocket):
    async def admit(self) -> CloseCode | None:
        raise RuntimeError("on purpose")


class BrokenInside(LiveSocket):
    async def _take(self, text: str | None) -> None:
        raise RuntimeError("on purpose")


async def counts(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Says how long the body was and where the application is mounted."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message["body"]), message["more_body"]
    await answer(send, f"{size} {scope['root_path']}".encode())


async def takes_long(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await asyncio.sleep(LATE)
    await answer(send, b"here it is")


async def pours(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(PIECES):
        await send({"type": "http.response.body", "body": PIECE, "more_body": True})
    await send({"type": "http.response.body"})


async def breaks_off(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
    await send({"type": "http.response.body", "body": b"half", "more_body": True})
    raise RuntimeError("on purpose")


async def says_nothing(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    return


async def who_runs(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Says which applications have not ended, and how many live sockets are registered."""
    registered = len(LiveSocket.registry)
    await answer(send, " ".join([*sorted(running), f"registered: {registered}"]).encode())


PATHS = {
    "/late": late,
    "/loud": loud,
    "/raises": raises,
    "/returns": returns,
    "/broken-at-the-door": BrokenAtTheDoor.as_asgi(),
    "/broken-inside": BrokenInside.as_asgi(),
    "/counts": counts,
    "/takes-long": takes_long,
    "/pours": pours,
    "/breaks-off": breaks_off,
    "/says-nothing": says_nothing,
    "/health/live": who_runs,
}


async def accept(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})


async def answer(send: Send, body: bytes) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


def main(port: int) -> None:
    process.application = application
    bounded.IDLE = 3
    channel.REQUEST_WITHIN = 2
    channel.CLOSE_WITHIN = 2
    writing.STALLED = 2
    process.serve("127.0.0.1", port)

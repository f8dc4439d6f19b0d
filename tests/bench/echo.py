"""Yardstick E: a bare ASGI application that does nothing but answer, in the product's sizes.

A message of the product is one frame in and three out: the reply, and the entry for each of two readers.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Message = Mapping[str, Any]

# Each with the ten characters that `application` adds, as long as what the product says to a message of
# tests/bench/chats.py: 63, 376 and 339 bytes.
REPLY = '{"re":12,"ok":' + "r" * 38 + "}"
TO_AUTHOR = '{"event":"entry_added",' + "a" * 342 + "}"
TO_READER = '{"event":"entry_added",' + "b" * 305 + "}"


async def application(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Accepts every socket; three frames for one, and the socket's beats one for one."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        text = message["text"]
        if '"beat"' in text[:40]:
            await send({"type": "websocket.send", "text": REPLY})
            continue
        number = text[-12:-2]
        for frame in (REPLY, TO_AUTHOR, TO_READER):
            await send({"type": "websocket.send", "text": frame + number})

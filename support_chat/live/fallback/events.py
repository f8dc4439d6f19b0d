"""A stream: what a socket with these topics would hear, one frame a line, for a few minutes."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Annotated, Any, Final

from msgspec import Meta

from support_chat.live.close_codes import CloseCode
from support_chat.live.consumer import Consumer
from support_chat.live.decoder import decode_with, decoder_of
from support_chat.live.fallback.replies import FLOODED, begin_lines, refusal_of, said_as_failed
from support_chat.live.fallback.requests import json_in, let_in, recognise
from support_chat.live.fields import Count, Topic
from support_chat.live.frame import Frame
from support_chat.live.live_socket import Receive
from support_chat.live.outgoing import Message, Send
from support_chat.live.refusals import TooFast

log = logging.getLogger(__name__)

MOST_TOPICS: Final = 400  # a console with 50 open chats and their company names some 250
LASTS: Final = 300.0  # seconds: proxies have a limit, and it is better known to be ours
HEADS_EVERY: Final = 10.0  # seconds: what keeps a line alive, and shows a dead one
LINGER: Final = 2.0  # seconds that whoever goes on with another stream has not left


class Heads(Frame, frozen=True):
    """How far the client knows each topic, as it counts."""

    heads: Annotated[dict[Topic, Count], Meta(max_length=MOST_TOPICS)]


_DECODER: Final = decoder_of(Heads)


async def stream_events(face: type[Consumer], scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Stream until it ends. Raises Refused where it does not begin."""
    consumer = face(scope, Lines(send))
    await let_in(consumer)
    asked: Any = decode_with(_DECODER, await json_in(scope, receive))
    if not consumer.let_in():
        raise TooFast(after=FLOODED)
    try:
        await _begin(consumer, asked.heads, send)
        await consumer.read_and_write(_live(consumer, receive))
        await _linger(consumer)
    finally:
        await consumer.let_go()


class Lines:
    """Sends a socket's messages as the lines of one answer."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "websocket.send":
            await self._put(f"{message['text']}\n", more=True)
        elif message["code"] == CloseCode.GOODBYE:
            await self._put("", more=False)
        else:
            await self._put(f'{{"event":"closed","code":{message["code"]}}}\n', more=False)

    async def _put(self, text: str, *, more: bool) -> None:
        await self._send({"type": "http.response.body", "body": text.encode(), "more_body": more})


async def _begin(consumer: Consumer, heads: Mapping[str, int], send: Send) -> None:
    with said_as_failed():
        await recognise(consumer)
        if consumer.closing is not None:
            raise refusal_of(consumer.closing)
        consumer.welcome_said()
        if (wait := consumer.must_wait()) > 0:
            raise TooFast(after=wait)
        await consumer.go_on(heads)
    await begin_lines(consumer.scope, send)


async def _linger(consumer: Consumer) -> None:
    consumer.hear_no_more()
    if consumer.closing is not CloseCode.RESTARTING:
        consumer.lingered = LINGER
        await asyncio.sleep(LINGER)


async def _live(consumer: Consumer, receive: Receive) -> None:
    """Until the client is gone, or we are closing, or its time is over."""
    gone = asyncio.ensure_future(receive())
    try:
        await consumer.arrive()
        consumer.begin()  # whoever reads the first line is here
        await _tell_heads(consumer, gone)
    except Exception:
        log.exception("A stream failed.")
        consumer.close_with(CloseCode.FAILED)
    finally:
        gone.cancel()


async def _tell_heads(consumer: Consumer, gone: asyncio.Future[Message]) -> None:
    loop = asyncio.get_running_loop()
    ends = loop.time() + LASTS
    while consumer.closing is None:
        left = ends - loop.time()
        await asyncio.wait((gone,), timeout=min(HEADS_EVERY, max(0.0, left)))
        if gone.done():
            return
        consumer.tell_heads()
        if left <= HEADS_EVERY:
            consumer.close_with(CloseCode.GOODBYE)

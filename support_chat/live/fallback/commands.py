"""One command, its reply, and what a socket would have listened to from then on, as `heads`."""

import asyncio
from collections.abc import Mapping
from typing import Any

from support_chat.live.consumer import Consumer
from support_chat.live.decoder import Envelope, decode_envelope, encode
from support_chat.live.fallback.replies import FLOODED, refusal_of, reply, said_as_failed
from support_chat.live.fallback.requests import json_in, let_in, recognise
from support_chat.live.live_socket import Receive
from support_chat.live.outgoing import Message, Send
from support_chat.live.refusals import Failed, TooFast
from support_chat.live.throttle import source_of


async def answer_command(
    face: type[Consumer], scope: Mapping[str, Any], receive: Receive, send: Send
) -> None:
    """Carry one command out. Raises Refused where it does not come to that."""
    consumer = face(scope, _nobody, stays=False)
    await let_in(consumer)
    envelope = decode_envelope(await json_in(scope, receive))
    with said_as_failed():
        answer = await (_greet if envelope.do == "hello" else _heed)(consumer, envelope)
    await reply(send, 200, answer)


async def _nobody(message: Message) -> None:
    """There is no socket to send to."""


async def _greet(consumer: Consumer, envelope: Envelope) -> str:
    """Whoever says hello need not be known: it counts as a new socket of their source, while it lasts."""
    source, throttle = source_of(consumer.scope), consumer.throttle
    if not throttle.enter(source, asyncio.get_running_loop().time()):
        raise TooFast(after=FLOODED)
    try:
        return await _answer(consumer, envelope)
    finally:
        throttle.leave(source, welcomed=consumer.is_welcomed)


async def _heed(consumer: Consumer, envelope: Envelope) -> str:
    await recognise(consumer)
    consumer.is_welcomed = True
    return await _answer(consumer, envelope)


async def _answer(consumer: Consumer, envelope: Envelope) -> str:
    answer = await consumer.answer(envelope) if consumer.closing is None else None
    if consumer.closing is not None:
        raise refusal_of(consumer.closing)
    if answer is None:
        raise Failed
    done = answer.startswith(f'{{"re":{envelope.id},"ok":')
    return f'{answer[:-1]},"heads":{encode(consumer.heads)}}}' if done else answer

"""One request: whom it is for, who it is from, and its body, whole and not too large."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs

from support_chat.live.consumer import Consumer
from support_chat.live.decoder import MAX_FRAME_BYTES
from support_chat.live.fallback.replies import HttpRefused, refusal_of
from support_chat.live.live_socket import Receive
from support_chat.live.origins import header
from support_chat.live.refusals import BadField, BadFrame, Failed, TooBig, TooFast, UnknownToken
from support_chat.live.throttle import source_of

LONGEST_KEY: Final = 256  # characters, as in a hello
KEYS_REST: Final = 1.0  # seconds until one more wrong key is forgiven


def face_in(scope: Mapping[str, Any], faces: Mapping[str, type[Consumer]]) -> type[Consumer]:
    """Who is meant to answer. Raises HttpRefused for another method, BadField for anybody else."""
    if scope["method"] != "POST":
        raise HttpRefused(405, BadFrame(), [(b"allow", b"POST")])
    try:
        asked = parse_qs(scope["query_string"].decode(), keep_blank_values=True, max_num_fields=1)
    except (ValueError, UnicodeError):
        raise BadField("as") from None
    name = asked.pop("as", ["visitor"])
    if asked or name[0] not in faces:
        raise BadField("as")
    return faces[name[0]]


async def let_in(consumer: Consumer) -> None:
    """The page it comes from, and the key that it brings. Raises NotAllowed, UnknownToken."""
    code = await consumer.admit()
    if code is not None:
        raise refusal_of(code)
    consumer.bearer = bearer_in(consumer.scope)


async def recognise(consumer: Consumer) -> None:
    """Who it is from. Raises UnknownToken, and TooFast where too many keys of one source were wrong."""
    source, now = source_of(consumer.scope), asyncio.get_running_loop().time()
    if not consumer.throttle.may_try_a_key(source, now):
        raise TooFast(after=KEYS_REST)
    try:
        await consumer.recognise()
    except UnknownToken:
        consumer.throttle.tried_a_wrong_key(source, now)
        raise


def bearer_in(scope: Mapping[str, Any]) -> str | None:
    """None where there is none. Raises UnknownToken for what is no bearer's key."""
    given = header(scope, b"authorization")
    if given is None:
        return None
    scheme, _, key = given.partition(" ")
    if scheme.lower() != "bearer" or not 0 < len(key.strip()) <= LONGEST_KEY:
        raise UnknownToken
    return key.strip()


async def json_in(scope: Mapping[str, Any], receive: Receive) -> bytes:
    """The body. Raises TooBig, and HttpRefused for what says that it is not JSON."""
    kind = (header(scope, b"content-type") or "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HttpRefused(415, BadFrame())
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Failed  # nobody is left to read it
        body += message.get("body", b"")
        if len(body) > MAX_FRAME_BYTES:
            raise TooBig
        if not message.get("more_body", False):
            return bytes(body)

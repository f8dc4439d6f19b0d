"""The same commands and events by plain HTTP, in short: AsyncAPI knows channels of one kind of transport."""

from typing import Any, Final

from support_chat.asyncapi import readme
from support_chat.asyncapi.schemas import Schemas
from support_chat.live.decoder import MAX_FRAME_BYTES
from support_chat.live.fallback.events import HEADS_EVERY, LASTS, Heads

ABOUT: Final = (
    "Where WebSockets are blocked: the same commands, events, limits and guarantees over two requests, "
    "with `Authorization: Bearer`. `as` is `visitor` or `agent`. One command a request, one in flight, its "
    "reply the answer, with `heads` beside `ok`. One stream a browser, one event a line, and every few "
    "seconds a line of `heads` to go on with; `closed` with a code where a socket would be closed."
)


def fallback(schemas: Schemas) -> dict[str, Any]:
    """Both doors, what they take, and the statuses of what they refuse."""
    return {
        "description": ABOUT,
        "commands": {
            "address": "/live/commands?as={as}",
            "method": "POST",
            "request_bytes": MAX_FRAME_BYTES,
        },
        "events": {
            "address": "/live/events?as={as}",
            "method": "POST",
            "request": schemas.of(Heads),
            "content_type": "application/x-ndjson",
            "heads_every_seconds": HEADS_EVERY,
            "ends_after_seconds": LASTS,
        },
        "refused": [
            {"status": int(row[0]), "why": row[1], "client": row[2]}
            for row in readme.rows("When WebSockets are blocked")
        ],
    }

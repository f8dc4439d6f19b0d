"""Uploads as requests: bytes, `?client_id=…`, and the name in `X-File-Name`, percent-encoded UTF-8."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from typing import Any, Final, ParamSpec
from urllib.parse import unquote
from uuid import UUID

from django.core.handlers.asgi import ASGIRequest
from django.http import JsonResponse

from support_chat.desk.errors import Blocked, IdReused
from support_chat.desk.files.errors import FileNotTaken, FileRefused
from support_chat.desk.files.taking import Upload, take
from support_chat.desk.lines import Author
from support_chat.desk.models import Conversation, Site
from support_chat.live.refusals import BadField, NotAllowed, NotFound, Refused, TooFast, UnknownToken
from support_chat.live.throttle import Throttle

P = ParamSpec("P")
View = Callable[P, Coroutine[Any, Any, JsonResponse]]

_STATUS: Final[Mapping[type[Refused], int]] = {
    BadField: 400,
    UnknownToken: 401,
    NotAllowed: 403,
    Blocked: 403,
    NotFound: 404,
    IdReused: 409,
    TooFast: 429,
}
_KEEP: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def answered(view: View[P]) -> View[P]:
    """What is refused within is answered, as an error has it in a frame."""

    @wraps(view)
    async def answering(*args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        try:
            return await view(*args, **kwargs)
        except Refused as refusal:
            return _refused(refusal)

    return answering


def said(facts: Mapping[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(dict(facts), status=status, headers=_KEEP)


def _refused(refusal: Refused) -> JsonResponse:
    status = refusal.status if isinstance(refusal, FileRefused | FileNotTaken) else None
    status = status or _STATUS.get(type(refusal), 503 if refusal.retry else 400)
    return said({"error": refusal.as_error()}, status)


async def take_request(
    request: ASGIRequest, author: Author, site: Site, conversation: Conversation | None = None
) -> JsonResponse:
    """Carry an upload out: 201 and what is known of the file, which may then be named by a message."""
    try:
        client_id = UUID(request.GET.get("client_id", ""))
    except ValueError:
        raise BadField("client_id") from None
    name = unquote(request.headers.get("X-File-Name", ""), errors="replace").replace("\0", "")
    if not name.strip():
        raise BadField("name")
    body: Any = request  # reads as a file does
    upload = Upload(
        author=author, site=site, conversation=conversation, client_id=client_id, name=name, body=body
    )
    attachment = await take(upload)
    return said(attachment.facts, 201)


def spend(throttle: Throttle, principal: str) -> None:
    """One upload of what this sender may send. Raises TooFast."""
    now = asyncio.get_running_loop().time()
    sender = throttle.sender(principal, now)
    wait = sender.files.take(now) if sender else 0.0
    if wait:
        raise TooFast(after=wait)

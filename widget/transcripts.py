"""A visitor's own chat to take away, by the same secret as on their socket: never in an address."""

import asyncio
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from support_chat.desk import db
from support_chat.desk.access import conversation_for_visitor, visitor_by_bearer
from support_chat.desk.letters.transcript import as_page, as_text, seen_transcript
from support_chat.desk.models import Visitor
from support_chat.live.fallback.requests import bearer_in
from support_chat.live.refusals import NotFound, TooFast, UnknownToken
from support_chat.live.throttle import Throttle, source_of

FORMS: Final = {"txt": (as_text, "text/plain"), "html": (as_page, "text/html")}
_throttle: Final = Throttle(enabled=settings.THROTTLE)


@require_safe
async def transcript(request: HttpRequest, chat: str, form: str) -> HttpResponse:
    """/widget/transcript/CHAT.txt or .html, with the visitor's token as bearer: as they saw it."""
    try:
        visitor = await _visitor(request)
        body = await db.on_lane("reports", _written, visitor, chat, form)
    except UnknownToken:
        return HttpResponse(status=401)
    except TooFast as refusal:
        return HttpResponse(status=429, headers={"Retry-After": str(round(refusal.after or 1) + 1)})
    except NotFound:
        return HttpResponse(status=404)
    headers = {
        "Content-Disposition": f'attachment; filename="chat.{form}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(body, content_type=f"{FORMS[form][1]}; charset=utf-8", headers=headers)


async def _visitor(request: HttpRequest) -> Visitor:
    """Who asks, not too often. Raises UnknownToken, TooFast."""
    source, now = source_of({"client": (request.META.get("REMOTE_ADDR"),)}), asyncio.get_running_loop().time()
    if not _throttle.may_try_a_key(source, now):
        raise TooFast(after=1.0)
    given = request.headers.get("Authorization", "").encode()
    try:
        token = bearer_in({"headers": [(b"authorization", given)]})
        visitor = await db.read(visitor_by_bearer, token)
    except UnknownToken:
        _throttle.tried_a_wrong_key(source, now)
        raise
    used = _throttle.sender(visitor.topic, now)
    wait = used.downloads.take(now) if used else 0.0
    if wait:
        raise TooFast(after=wait)
    return visitor


def _written(visitor: Visitor, chat: str, form: str) -> str:
    if form not in FORMS or "\0" in chat:
        raise NotFound
    return FORMS[form][0](seen_transcript(conversation_for_visitor(visitor, chat)))

"""Files of the visitor: put here by their secret, which comes in a header as over HTTP everywhere."""

import asyncio
from typing import cast

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import JsonResponse
from django.templatetags.static import static
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from support_chat.bundles import later_files
from support_chat.desk import db
from support_chat.desk.access import attachment_for_visitor, author_of, visitor_by_bearer
from support_chat.desk.actions.uploading import give_up
from support_chat.desk.blocks import unless_blocked
from support_chat.desk.database_time import database_now
from support_chat.desk.files.kinds import limits_told
from support_chat.desk.files.links import links_of
from support_chat.desk.files.requests import answered, said, spend, take_request
from support_chat.desk.models import Visitor
from support_chat.live.fallback.requests import KEYS_REST, bearer_in
from support_chat.live.origins import has_origin, is_own_origin
from support_chat.live.refusals import NotAllowed, TooFast, UnknownToken
from support_chat.live.throttle import source_of
from support_chat.page_files import FILES_CODE, FILES_STYLE
from widget.consumers import VisitorConsumer
from widget.page_files import PANEL


@csrf_exempt  # no cookie says who it is
@require_http_methods(["GET", "POST"])
@answered
async def files(request: ASGIRequest) -> JsonResponse:
    """GET /widget/files/: what may be sent. POST: one file of this visitor, for whichever of their chats."""
    if request.method == "GET":
        modules = later_files(PANEL, FILES_CODE)["modules"]
        return said({**limits_told(), "style": static(FILES_STYLE), "modules": modules})
    return await _upload(request)


async def _upload(request: ASGIRequest) -> JsonResponse:
    visitor = await _visitor(request)
    unless_blocked(visitor, await db.read(database_now))
    spend(VisitorConsumer.throttle, visitor.topic)
    return await take_request(request, author_of(visitor), visitor.site)


@require_GET
@answered
async def links(request: ASGIRequest, public_id: str) -> JsonResponse:
    """GET /widget/files/ID/: what it is, and where it is for the next minutes."""
    visitor = await _visitor(request)
    attachment = await db.read(attachment_for_visitor, visitor, public_id)
    return said(links_of(attachment, visitor))


@csrf_exempt
@require_POST
@answered
async def forget(request: ASGIRequest, public_id: str) -> JsonResponse:
    """POST /widget/files/ID/forget/: it will not be sent after all."""
    visitor = await _visitor(request)
    await db.run(give_up, author=author_of(visitor), public_id=public_id)
    return said({})


async def _visitor(request: ASGIRequest) -> Visitor:
    """Raises UnknownToken, NotAllowed for another page than ours, TooFast after many wrong keys."""
    scope = request.scope
    if has_origin(scope) and not is_own_origin(scope, trusted_proxy=settings.TRUSTED_PROXY):
        raise NotAllowed
    throttle, source, now = VisitorConsumer.throttle, source_of(scope), asyncio.get_running_loop().time()
    if not throttle.may_try_a_key(source, now):
        raise TooFast(after=KEYS_REST)
    try:
        return cast(Visitor, await db.read(visitor_by_bearer, bearer_in(scope)))
    except UnknownToken:
        throttle.tried_a_wrong_key(source, now)
        raise

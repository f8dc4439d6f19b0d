"""Files of the team: put here by the browser's session with its CSRF token, or by a program's token."""

import asyncio

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from rest_framework.authentication import CSRFCheck

from agents.arrival import staff_by_token
from agents.consumers import StaffConsumer
from support_chat.desk import db
from support_chat.desk.access import (
    Staff,
    attachment_for_staff,
    author_for,
    conversation_for_staff,
    staff_of,
)
from support_chat.desk.actions.uploading import give_up
from support_chat.desk.files.links import links_of
from support_chat.desk.files.requests import answered, said, spend, take_request
from support_chat.desk.lines import Author
from support_chat.desk.models import Agent, Conversation, User
from support_chat.live.fallback.requests import KEYS_REST, bearer_in
from support_chat.live.refusals import BadField, NotAllowed, TooFast, UnknownToken
from support_chat.live.throttle import source_of


@csrf_exempt  # looked at where a session says who it is
@require_POST
@answered
async def upload(request: ASGIRequest) -> JsonResponse:
    """POST /api/v1/files/?conversation=…: one file for a chat of one's own."""
    staff = await _staff(request)
    agent = _agent(staff)
    spend(StaffConsumer.throttle, agent.topic)
    name = request.GET.get("conversation", "")
    if not name or "\0" in name:
        raise BadField("conversation")
    chat = await db.read(conversation_for_staff, staff, name, "post")
    author = await db.read(_author, agent, chat)
    return await take_request(request, author, chat.site, chat)


@require_GET
@answered
async def links(request: ASGIRequest, public_id: str) -> JsonResponse:
    """GET /api/v1/files/ID/: what it is, and where it is for the next minutes."""
    staff = await _staff(request)
    attachment = await db.read(attachment_for_staff, staff, public_id)
    return said(links_of(attachment, staff))


@csrf_exempt
@require_POST
@answered
async def forget(request: ASGIRequest, public_id: str) -> JsonResponse:
    """POST /api/v1/files/ID/forget/: it will not be sent after all."""
    agent = _agent(await _staff(request))
    await db.run(give_up, author=Author(role="agent", id=agent.public_id), public_id=public_id)
    return said({})


async def _staff(request: ASGIRequest) -> Staff:
    """Raises UnknownToken where nobody is signed in, NotAllowed for a request of another page."""
    token = bearer_in(request.scope)
    if token is None:
        return await db.read(_by_session, request)
    throttle, source, now = StaffConsumer.throttle, source_of(request.scope), _now()
    if not throttle.may_try_a_key(source, now):
        raise TooFast(after=KEYS_REST)
    try:
        return (await db.read(staff_by_token, token))[0]
    except UnknownToken:
        throttle.tried_a_wrong_key(source, now)
        raise


def _by_session(request: HttpRequest) -> Staff:
    if not isinstance(request.user, User):
        raise UnknownToken
    if request.method == "POST" and _is_forged(request):
        raise NotAllowed
    return staff_of(request.user)


def _is_forged(request: HttpRequest) -> bool:
    """Whether another site's page may have made this browser ask. The token comes in a header, or not at all:
    nobody reads the body for it."""
    if "X-CSRFToken" not in request.headers:
        return True
    check = CSRFCheck(_nothing)
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is not None


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _agent(staff: Staff) -> Agent:
    if staff.agent is None:
        raise NotAllowed
    return staff.agent


def _author(agent: Agent, chat: Conversation) -> Author:
    return author_for(agent, chat.site)


def _now() -> float:
    return asyncio.get_running_loop().time()

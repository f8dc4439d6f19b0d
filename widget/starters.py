"""What the answers of starters are good for: told by the panel without saying who was shown them."""

import asyncio

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from support_chat.desk import db
from support_chat.desk.actions.counting import COUNTED, count_starter
from support_chat.desk.files.requests import answered, said
from support_chat.live.origins import has_origin, is_own_origin
from support_chat.live.refusals import BadField, NotAllowed, NotFound, TooFast
from support_chat.live.throttle import source_of
from widget.consumers import VisitorConsumer


@csrf_exempt  # nobody is asked who they are
@require_POST
@answered
async def count(request: ASGIRequest, key: str) -> JsonResponse:
    """POST /widget/starters/KEY/ with `words` of a starter and what it `did`: shown or helped."""
    scope, did = request.scope, request.POST.get("did", "")
    if has_origin(scope) and not is_own_origin(scope, trusted_proxy=settings.TRUSTED_PROXY):
        raise NotAllowed
    _spend(source_of(scope))
    if did not in COUNTED:
        raise BadField("did")
    if "\0" in key:
        raise NotFound
    await db.run(count_starter, site=key, words=request.POST.get("words", ""), did=did)
    return said({})


def _spend(source: str) -> None:
    """One post of its source; TooFast when it has none left."""
    now = asyncio.get_running_loop().time()
    used = VisitorConsumer.throttle.sender(f"starters:{source}", now)
    wait = used.posts.take(now) if used else 0.0
    if wait:
        raise TooFast(after=wait)

"""GET /files/…: what a link leads to. A file is saved, never shown; only pictures of it that we made are."""

from collections.abc import AsyncIterator
from typing import IO, Final

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from support_chat.desk import db
from support_chat.desk.errors import NotFound
from support_chat.desk.files.links import Asked, Expired, asked_by
from support_chat.desk.files.pool import reading
from support_chat.desk.files.store import opened
from support_chat.settings.chat import LINKS_LAST

PIECE: Final = 64 * 1024  # bytes
LOOK: Final = "image/jpeg"  # the kind of every picture that is shown
SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


@require_safe
async def file(request: ASGIRequest, signed: str) -> HttpResponseBase:
    """The file, or a picture of it. 403 for a link that was true once, 404 for every other."""
    try:
        asked = await db.read(asked_by, signed)
        kept = await reading(opened, asked.attachment.key, asked.variant)
    except Expired:
        return _no("This link is too old. Open the file from the chat again.", 403)
    except (NotFound, FileNotFoundError):
        return _no(NotFound.message, 404)
    return StreamingHttpResponse(_pieces(kept), headers=_headers(asked))


def _no(words: str, status: int) -> HttpResponse:
    headers = {**SAFE, "Cache-Control": "no-store"}
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8", headers=headers)


def _headers(asked: Asked) -> dict[str, str]:
    shown = asked.variant != "file"
    name = asked.attachment.name
    disposition = "inline" if shown else content_disposition_header(True, name) or "attachment"
    size = {} if shown else {"Content-Length": str(asked.attachment.size)}
    return {
        **SAFE,
        **size,
        "Cache-Control": f"private, max-age={LINKS_LAST}",
        "Content-Type": LOOK if shown else asked.attachment.type,
        "Content-Disposition": disposition,
    }


async def _pieces(kept: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while piece := await reading(kept.read, PIECE):
            yield piece
    finally:
        kept.close()

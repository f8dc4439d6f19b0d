"""The words of a face for its page: a script whose address names its content, to be kept for ever."""

import hashlib
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.vary import vary_on_headers

from support_chat.coding import coding_for
from support_chat.words import Words, script_of


def script_address(route: str, words: Words) -> str:
    """Where the page's words are; "" for English, which stands in the code."""
    return reverse(route, args=[words.language, packed(script_of(words))[0]]) if words.texts else ""


@vary_on_headers("Accept-Encoding")
@gzip_page
def script_answer(request: HttpRequest, words: Words, digest: str) -> HttpResponse:
    """A page of another release gets ours, and does not keep it."""
    own, plain, small = packed(script_of(words))
    coded = coding_for(request.headers.get("Accept-Encoding", "")) == "br"
    response = HttpResponse(small if coded else plain, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable" if digest == own else "no-store"
    if coded:
        response["Content-Encoding"] = "br"
    return response


@lru_cache(maxsize=16)
def packed(text: str) -> tuple[str, bytes, bytes]:
    """Its digest, and its bytes plain and in brotli."""
    plain = text.encode()
    return hashlib.sha256(plain).hexdigest()[:12], plain, brotli.compress(plain, mode=brotli.MODE_TEXT)

"""Pages in the smallest coding that a browser takes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from support_chat.coding import coding_for

View = Callable[..., HttpResponse]

QUALITY = 5  # of 11: a page of one kilobyte is hardly smaller with more


def brotli_page(view: View) -> View:
    """For pages that hold no secret, whose length would tell of it: packed where the browser takes brotli."""

    @wraps(view)
    def packed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Encoding"])
        if coding_for(request.headers.get("Accept-Encoding", "")) == "br":
            response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=QUALITY)
            response["Content-Encoding"] = "br"
        return response

    return packed

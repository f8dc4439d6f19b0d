"""One page of somebody else's website, fetched by our server: from public addresses alone, bounded in time,
size and redirects (support_chat/desk/outgoing.py)."""

import http.client
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import urljoin

from django.utils.translation import gettext

from support_chat.desk.outgoing import Allowed, NotFetched, Request, ask_once, is_public

SECONDS: Final = 6.0  # for all of it
BYTES: Final = 512 * 1024  # of the page: a snippet further down is not found
REDIRECTS: Final = 3
_HEADERS: Final = {"User-Agent": "SupportChat-Check", "Accept": "text/html"}


@dataclass(frozen=True, slots=True)
class Fetched:
    url: str  # where the redirects led
    status: int
    headers: http.client.HTTPMessage
    text: str


def fetch(url: str, *, allowed: Allowed = is_public) -> Fetched:
    """The page behind this address. NotFetched."""
    until = monotonic() + SECONDS
    for _ in range(REDIRECTS + 1):
        request = Request("GET", url, _HEADERS)
        answer = ask_once(request, seconds=until - monotonic(), most=BYTES, allowed=allowed)
        target = answer.headers.get("Location") if 300 <= answer.status < 400 else None
        if target is None:
            return Fetched(url, answer.status, answer.headers, answer.body.decode("utf-8", "replace"))
        url = _led(url, target)
    raise NotFetched(gettext("The address leads on to others, again and again."))


def _led(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise NotFetched(gettext("The address leads on to one that is none.")) from error

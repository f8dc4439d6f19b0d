"""Where visitors are, written down for many at once."""

from collections.abc import Collection
from functools import cache
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from support_chat.desk.actions.visits import move_visitors
from support_chat.desk.together import Together
from support_chat.settings.chat import REFERRER

moves: Final = Together("actions", move_visitors)


def known_zone(zone: str | None) -> str:
    """Of their clocks; "" for one that nobody knows."""
    return zone if zone and zone in _zones() else ""


def referrer_of(address: str, page: str, own: Collection[str]) -> str:
    """Whence they came: origin and path, where that is neither the page's own website nor one of `own`."""
    try:
        scheme, host, path, *_ = urlsplit(address)
    except ValueError:
        return ""
    origin = f"{scheme}://{host.rpartition('@')[2]}"
    is_theirs = origin in own or f"{page}/".startswith(f"{origin}/")
    return "" if scheme not in {"http", "https"} or not host or is_theirs else f"{origin}{path}"[:REFERRER]


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())

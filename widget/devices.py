"""What a visitor comes on, coarsely: of the browser's long line about itself no more is kept."""

import re
from typing import Final

# The first that fits; others call themselves by these names, too, and stand before them.
_BROWSERS: Final = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS: Final = (
    ("Android", r"Android"),
    ("iOS", r"iPhone|iPod"),
    ("iPadOS", r"iPad"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("macOS", r"Macintosh"),
    ("Linux", r"Linux|X11"),
)
_LONGEST: Final = 512  # characters of it that are looked at: real ones are shorter
_TABLET: Final = re.compile(r"iPad|Tablet|Android(?!.*Mobi)")


def device_of(user_agent: str) -> str:
    """ "phone/Firefox/Android"; a part that nobody knows is empty, and all of it where nothing is known."""
    user_agent = user_agent[:_LONGEST]
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    if not browser and not system:
        return ""
    kind = "tablet" if _TABLET.search(user_agent) else "phone" if "Mobi" in user_agent else "computer"
    return f"{kind}/{browser}/{system}"


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, text)), "")

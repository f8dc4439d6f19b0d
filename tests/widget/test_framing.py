"""Who may frame the panel: exact origins of the site's list, and our own."""

import pytest

from support_chat.desk.models.site import Site
from support_chat.desk.origins import normal_origin
from widget.framing import may_frame

OWN = "https://chat.example"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://shop.example", "https://shop.example"),
        ("HTTPS://Shop.Example/", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("http://shop.example:80", "http://shop.example"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://shop.localhost:8001", "http://shop.localhost:8001"),
    ],
)
def test_an_origin_is_written_as_a_browser_writes_it(text: str, origin: str) -> None:
    assert normal_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "*",
        "https://*",
        "shop.example",
        "ftp://shop.example",
        "https://shop.example/path",
        "https://shop.example?x",
        "https://shop.example#x",
        "https://user@shop.example",
        "https://shop.example:port",
        "https://shop.example:99999",
        "https://shop.example; script-src *",
        "https://shop.example https://evil.example",
        "https://shöp.example",
        "https://[::1",
        "https://",
    ],
)
def test_what_is_no_origin_frames_nothing(text: str) -> None:
    assert normal_origin(text) is None


def test_a_listed_origin_may_frame_us() -> None:
    assert may_frame(Site(allowed_origins=["https://shop.example/"]), "https://shop.example", own=OWN)


@pytest.mark.parametrize(
    "origin",
    [
        "http://shop.example",
        "https://www.shop.example",
        "https://shop.example.evil.example",
        "https://evilshop.example",
        "https://shop.example:8443",
    ],
)
def test_an_origin_that_only_resembles_a_listed_one_may_not(origin: str) -> None:
    assert not may_frame(Site(allowed_origins=["https://shop.example"]), origin, own=OWN)


def test_an_empty_list_allows_nobody_but_ourselves() -> None:
    site = Site(allowed_origins=[])
    assert not may_frame(site, "https://shop.example", own=OWN)
    assert may_frame(site, OWN, own=OWN)

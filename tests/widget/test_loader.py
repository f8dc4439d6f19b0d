"""The loader as served: small, cached, and the same in every coding."""

import gzip

import brotli
import pytest
from django.test import Client

from widget.loader import packed_loader

MARKUP = ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "srcdoc", "setAttribute('style")
CODE = ("eval(", "Function(", "beforeunload", "onunload")
NETWORK = ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "cookie")
FORBIDDEN = MARKUP + CODE + NETWORK


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("gzip;q=0.5", "gzip"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_every_coding_holds_the_same_loader(accepted: str, coding: str) -> None:
    response = Client().get("/widget.js", headers={"accept-encoding": accepted})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[coding]
    assert response.status_code == 200
    assert response.headers.get("Content-Encoding", "") == coding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert unpack(response.content) == packed_loader().bodies[""]


def test_the_loader_stays_within_its_budget_of_two_and_a_half_kilobytes() -> None:
    assert len(packed_loader().bodies["br"]) <= 2500


def test_the_loader_is_kept_for_five_minutes_and_then_asked_for_by_its_version() -> None:
    first = Client().get("/widget.js")
    again = Client().get("/widget.js", headers={"if-none-match": first.headers["ETag"]})
    assert first.headers["Cache-Control"] == "public, max-age=300, stale-while-revalidate=86400"
    assert first.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")


def test_the_loader_writes_no_markup_no_inline_style_and_asks_the_network_for_nothing() -> None:
    source = packed_loader().bodies[""].decode()
    assert [word for word in FORBIDDEN if word in source] == []

"""What a visitor's browser fetches from a server in production, byte for byte as it is sent."""

import http.client
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from tests.services.open_house import build_house_in
from tests.services.served import ServedProcess, own_environment, run_manage

SHOP = "https://shop.example"
LOADER = 2_500  # bytes, compressed with brotli
PANEL = 20_000  # opened, ready to write
FIRST_WORD = 15_000  # what is fetched when the visitor begins to write

pytestmark = pytest.mark.usefixtures("bundles_made")


@pytest.fixture
def released(
    database_url: str, tmp_path: Path, serve_process: Callable[..., ServedProcess]
) -> Iterator[tuple[str, "Fetch"]]:
    """A site's key, and how to fetch from a server as in production, with the files of our own pages."""
    production = {
        "DJANGO_SETTINGS_MODULE": "support_chat.settings.production",
        "STATIC_ROOT": str(tmp_path / "static"),
        "SSL_REDIRECT": "off",
        "ASSETS": "bundle",
    }
    key = build_house_in(database_url, SHOP)
    others = [f"--ignore={name}" for name in ("admin", "rest_framework", "fixtures")]
    run_manage("collectstatic", "--noinput", *others, environment=own_environment(database_url, **production))
    served = serve_process(database_url, **production)
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)

    def fetch(address: str) -> tuple[bytes, dict[str, str]]:
        link.request("GET", address, headers={"Accept-Encoding": "gzip, deflate, br"})
        answer = link.getresponse()
        body = answer.read()
        assert answer.status == 200, address
        return body, dict(answer.getheaders())

    yield key, fetch
    link.close()


Fetch = Callable[[str], tuple[bytes, dict[str, str]]]


def fetched_for_ever(fetch: Fetch, address: str) -> int:
    """How many bytes come; their name is their content, so nobody asks for them twice."""
    body, headers = fetch(address)
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]
    return len(body)


def test_loader_panel_and_first_word_stay_within_their_budgets_as_they_are_sent(
    released: tuple[str, Fetch],
) -> None:
    key, fetch = released
    loader, _ = fetch("/widget.js")
    page, headers = fetch(f"/widget/frame/?site={key}&origin={quote(SHOP)}")
    assert headers["Content-Encoding"] == "br"
    text = brotli.decompress(page).decode()
    named = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', text)
    boot = re.search(r'<script id="boot"[^>]*>(.*?)</script>', text)
    assert boot is not None
    later = json.loads(boot[1])["later"]
    opened = len(page) + sum(fetched_for_ever(fetch, address) for address in named)
    first_word = sum(fetched_for_ever(fetch, address) for address in later["styles"] + later["modules"])
    assert len(named) == 2, "one script and one style sheet"
    assert (len(loader) <= LOADER, opened <= PANEL, first_word <= FIRST_WORD) == (True, True, True), (
        f"loader {len(loader)}, panel {opened}, first word {first_word}"
    )

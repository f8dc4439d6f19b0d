"""/widget/invite/KEY.js: small, public, and only what can be kept now."""

import gzip
import json
from typing import Any

import brotli
import pytest
from django.test import Client

from support_chat.desk.models import Site
from tests.desk.people import House, house
from tests.desk.test_invitations import RULE
from tests.widget.test_loader import FORBIDDEN

LATE = {**RULE, "words": "Leave us a word", "path": "/über*", "after": 60, "when": "always"}


@pytest.fixture
def shop(db: None) -> House:
    return house()


def invite(shop: House, *rules: dict[str, Any], **more: Any) -> None:
    Site.objects.filter(pk=shop.site.pk).update(invitations={"rules": list(rules), **more})


def script(shop: House, coding: str = "", **headers: str) -> Any:
    address = f"/widget/invite/{shop.site.public_key}.js"
    return Client().get(address, headers={"accept-encoding": coding, **headers})


def told(shop: House, **headers: str) -> Any:
    """What the script is called with; None where it is empty."""
    text = script(shop, **headers).content.decode()
    return json.loads(text[text.rindex("})(") + 3 : -2]) if text else None


def test_a_site_without_rules_is_answered_with_an_empty_script_and_an_unknown_key_with_none(
    shop: House,
) -> None:
    assert (script(shop).status_code, script(shop).content) == (200, b"")
    invite(shop)
    assert script(shop).content == b""
    assert Client().get("/widget/invite/unknown.js").status_code == 404
    assert Client().get("/widget/invite/%00.js").status_code == 404


def test_what_needs_somebody_is_told_while_somebody_is_there_and_the_rest_always(shop: House) -> None:
    invite(shop, RULE, LATE)
    assert [each["words"] for each in told(shop)["rules"]] == [LATE["words"]]
    shop.staff("ana", status="online")
    assert [each["words"] for each in told(shop)["rules"]] == [RULE["words"], LATE["words"]]
    Site.objects.update(hours={})
    assert [each["words"] for each in told(shop)["rules"]] == [LATE["words"]]
    invite(shop, RULE)
    assert told(shop) is None


def test_a_page_is_told_words_patterns_and_seconds_and_nothing_else(shop: House) -> None:
    invite(shop, {**LATE, "words": "</script> “Ça va?”"}, never=["/kasse*", "/100%25*"])
    assert told(shop) == {
        "site": shop.site.public_key,
        "close": "Close",
        "never": ["/kasse*", "/100%25*"],
        "rules": [{"words": "</script> “Ça va?”", "path": "/%C3%BCber*", "after": 60}],
    }


def test_the_close_button_speaks_the_language_of_the_site_or_else_of_the_visitor(shop: House) -> None:
    invite(shop, LATE)
    assert told(shop, **{"accept-language": "fr-CA"})["close"] == "Fermer"
    Site.objects.update(locale="de")
    assert told(shop, **{"accept-language": "fr-CA"})["close"] == "Schließen"


def test_rules_kept_under_other_limits_invite_nobody_instead_of_breaking_the_page(shop: House) -> None:
    invite(shop, {**LATE, "after": 1})
    assert (script(shop).status_code, script(shop).content) == (200, b"")


def test_every_coding_holds_the_same_script(shop: House) -> None:
    invite(shop, LATE)
    plain = script(shop).content
    for coding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = script(shop, coding)
        assert answer.headers["Content-Encoding"] == coding
        assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language"
        assert unpack(answer.content) == plain


def test_it_is_kept_for_a_minute_by_anybody_and_then_asked_for_by_its_version(shop: House) -> None:
    invite(shop, LATE)
    first = script(shop, "br")
    again = script(shop, "br", **{"if-none-match": first.headers["ETag"]})
    for answer, status in ((first, 200), (again, 304)):
        assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "public, max-age=60")
        assert not answer.cookies
    assert again.content == b""
    assert first.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    invite(shop, LATE, never=[])
    assert script(shop, "br", **{"if-none-match": first.headers["ETag"]}).status_code == 200


def test_with_one_rule_it_stays_within_its_budget_of_one_and_a_half_kilobytes(shop: House) -> None:
    words = "Not sure which plan fits? Tell us how many you are, and we answer in a minute or two."
    invite(shop, {**LATE, "words": words})
    assert len(script(shop, "br").content) <= 1500


def test_it_writes_no_markup_no_inline_style_and_asks_the_network_for_nothing(shop: House) -> None:
    invite(shop, LATE)
    source = script(shop).content.decode()
    assert [word for word in FORBIDDEN if word in source] == []

"""When a site speaks first: by its own rules, and by those alone that can be kept."""

from datetime import UTC, datetime
from math import inf
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.access import Staff
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.availability import answered_for
from support_chat.desk.invitations import (
    NEVER,
    InvalidInvitations,
    Invitations,
    invitations_of,
    is_never,
    rules_that_hold,
    words_for,
)
from support_chat.desk.models import Site
from tests.desk.people import House, house

RULE = {"words": "Questions about our prices?", "path": "/pricing*", "after": 30, "when": "answered"}


@pytest.fixture
def shop(db: None) -> House:
    return house()


@pytest.fixture
def boss(shop: House) -> Staff:
    return shop.staff("boss", role="manager", answers=False)


@pytest.mark.parametrize("path", ["/", "*", "/pricing", "/pricing*", "*/shop/*", "/über-uns", "/a*b*c*"])
def test_a_pattern_is_of_the_path_with_up_to_three_stars(path: str) -> None:
    kept = invitations_of({"never": [path], "rules": [{**RULE, "path": path}]})
    assert (kept.never, kept.rules[0].path) == ((path,), path)


def test_a_site_that_says_nothing_invites_nobody_and_nowhere_while_somebody_pays() -> None:
    assert invitations_of(None) == Invitations(never=NEVER, rules=())


@pytest.mark.parametrize(
    ("when", "after", "seconds", "holds"),
    [
        ("answered", 30, inf, True),
        ("answered", 30, 31.0, True),
        ("answered", 30, 30.0, False),
        ("answered", 30, 0.0, False),
        ("always", 30, 0.0, True),
        ("always", 600, 30.0, True),
    ],
)
def test_a_rule_holds_if_it_can_be_kept_when_its_time_comes(
    when: str, after: int, seconds: float, holds: bool
) -> None:
    known = invitations_of({"rules": [{**RULE, "when": when, "after": after}]})
    assert bool(rules_that_hold(known, answered_for=seconds)) is holds


@pytest.mark.parametrize(
    "invitations",
    [
        {"rules": [RULE] * 6},
        {"rules": [{**RULE, "words": ""}]},
        {"rules": [{**RULE, "words": " spaced "}]},
        {"rules": [{**RULE, "words": "two\nlines"}]},
        {"rules": [{**RULE, "words": "x" * 161}]},
        {"rules": [{**RULE, "after": 4}]},
        {"rules": [{**RULE, "after": 601}]},
        {"rules": [{**RULE, "after": 5.5}]},
        {"rules": [{**RULE, "when": "sometimes"}]},
        {"rules": [{name: RULE[name] for name in ("words", "path", "after")}]},
        {"rules": [{**RULE, "path": "pricing"}]},
        {"rules": [{**RULE, "path": "https://shop.example/pricing"}]},
        {"rules": [{**RULE, "path": "/pricing?x"}]},
        {"rules": [{**RULE, "path": "/a*b*c*d*"}]},
        {"rules": [{**RULE, "path": "/" + "x" * 200}]},
        {"rules": [{**RULE, "colour": "red"}]},
        {"never": ["checkout"]},
        {"never": ["/x"] * 21},
        [],
        "",
    ],
)
def test_what_is_no_rule_is_refused(shop: House, boss: Staff, invitations: Any) -> None:
    with pytest.raises(InvalidInvitations):
        invitations_of(invitations)
    with pytest.raises(ValidationError) as refused:
        change_site(staff=boss, site=shop.site.public_key, values={"invitations": invitations})
    assert list(refused.value.message_dict) == ["invitations"]
    assert Site.objects.get().invitations is None


@pytest.mark.parametrize(
    ("pattern", "page", "fits"),
    [
        ("/pricing*", "https://shop.example/pricing/team", True),
        ("/pricing*", "https://shop.example/PRICING", True),
        ("/pricing*", "https://shop.example/de/pricing", False),
        ("*/cart*", "https://shop.example/cart", True),
        ("/", "https://shop.example", True),
        ("/", "https://shop.example/tea", False),
        ("/a.b", "https://shop.example/a-b", False),
        ("/über*", "https://shop.example/%C3%BCber-uns", True),
        ("*", "", True),
    ],
)
def test_a_page_fits_a_pattern_as_it_does_for_the_script_on_it(pattern: str, page: str, fits: bool) -> None:
    known = invitations_of({"never": [pattern], "rules": [{**RULE, "path": pattern}]})
    assert is_never(known, page) is fits
    assert words_for(known, page) == ("Questions about our prices?" if fits else "")


def test_of_several_rules_that_fit_a_page_the_first_says_the_words() -> None:
    rules = [{**RULE, "path": "/x"}, {**RULE, "words": "First"}, {**RULE, "words": "Second", "path": "*"}]
    assert words_for(invitations_of({"rules": rules}), "https://shop.example/pricing") == "First"


def test_chats_are_answered_until_the_site_closes_and_not_while_nobody_is_there(shop: House) -> None:
    monday_noon = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    assert answered_for(shop.site, monday_noon) == 0.0
    shop.staff("ana", status="online")
    assert answered_for(shop.site, monday_noon) == inf
    shop.site.hours = {"week": {"mon": [["09:00", "12:02"]]}}
    assert answered_for(shop.site, monday_noon) == 120.0

"""What is told about a page on which the chat should be."""

import pytest

from agents.settings.embedding import findings

OWN, KEY = "https://chat.example", "k1"
SNIPPET = f'<script async src="{OWN}/widget.js" data-site="{KEY}"></script>'


def told(page: str = SNIPPET, *policies: str, listed: bool = True, own: str = OWN) -> list[tuple[bool, str]]:
    found = findings(page=page, policies=policies, listed=listed, own=own, key=KEY)
    return [(each.good, each.words) for each in found]


def goods(*given: str, page: str = SNIPPET, own: str = OWN) -> list[bool]:
    return [good for good, _ in told(page, *given, own=own)]


def test_a_page_with_the_snippet_and_no_policy_is_good() -> None:
    assert goods() == [True, True, True, True]


def test_a_website_that_is_not_on_the_list_is_told_what_to_do() -> None:
    assert told(listed=False)[0] == (
        False,
        "The website is not on the list of this site: add its origin above.",
    )


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>Shop</p>", "tag manager"),
        (SNIPPET.replace(KEY, "k2"), "with another key"),
        (SNIPPET.replace(OWN, "https://other.example"), "another server"),
        (f"<!-- {SNIPPET} -->", "tag manager"),
    ],
)
def test_a_snippet_that_is_missing_or_wrong_is_told_how(page: str, words: str) -> None:
    good, said = told(page)[1]
    assert not good
    assert words in said


@pytest.mark.parametrize(
    ("policy", "scripts", "frames"),
    [
        (f"script-src {OWN}; frame-src {OWN}", True, True),
        (f"default-src 'self' {OWN}", True, True),
        ("default-src 'self'", False, False),
        (f"default-src 'none'; script-src {OWN}/", True, False),
        (f"script-src 'self'; frame-src {OWN}", False, True),
        ("script-src https:; child-src *", True, True),
        ("script-src http:; frame-src http:", False, False),
        ("script-src *.example; frame-src https://*.example", True, True),
        ("script-src *.shop.example; frame-src http://*.example", False, False),
        (f"script-src 'strict-dynamic' {OWN}; frame-src {OWN}", False, True),
        ("img-src 'none'", True, True),
        (f"SCRIPT-SRC {OWN.upper()}; script-src 'none'", True, True),
        (f"script-src-elem {OWN}; script-src 'none'; frame-src chat.example", True, True),
    ],
)
def test_a_policy_is_read_as_browsers_read_it(policy: str, scripts: bool, frames: bool) -> None:
    assert goods(policy)[2:] == [scripts, frames]


def test_all_policies_hold_together_also_those_in_the_page() -> None:
    meta = f'<meta http-equiv="Content-Security-Policy" content="frame-src \'self\'">{SNIPPET}'
    assert goods(page=meta)[2:] == [True, False]
    assert goods(f"script-src {OWN}", "script-src 'self'")[2:] == [False, True]


def test_a_snippet_with_a_nonce_needs_no_source() -> None:
    page = SNIPPET.replace("<script", '<script nonce="n"')
    assert goods("script-src 'nonce-n' 'strict-dynamic'", page=page)[2]


def test_every_line_of_the_snippet_needs_the_nonce_that_one_of_them_has() -> None:
    second = f"{OWN}/widget/invite/{KEY}.js"
    with_nonce = SNIPPET.replace("<script", '<script nonce="n"')
    policy = "script-src 'nonce-n' 'strict-dynamic'"
    for tag, lets in ((f'<script nonce="n" src="{second}">', True), (f'<script src="{second}">', False)):
        page = f"{with_nonce}{tag}</script>"
        found = findings(page=page, policies=[policy], listed=True, own=OWN, key=KEY, invites=second)
        assert [each.good for each in found] == [True, True, True, lets, True]

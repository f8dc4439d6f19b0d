"""A manager writes when the chat speaks first; whoever builds the website is shown the second line for it."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from support_chat.desk.models import Site
from tests.agents.conftest import as_user
from tests.agents.settings.test_install import answers
from tests.agents.settings.test_install import of as install
from tests.agents.settings.test_pages import save
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

PRICES = {"1-words": "Questions?", "1-path": "/pricing*", "1-after": "30", "1-when": "always"}
KEPT = {"words": "Questions?", "path": "/pricing*", "after": 30, "when": "always"}


def of(shop: House) -> str:
    return reverse("site-invitations", args=[shop.site.public_key])


def kept(shop: House) -> Any:
    return Site.objects.get(pk=shop.site.pk).invitations


def snippet(shop: House, mia: Client) -> str:
    return unescape(mia.get(install(shop)).content.decode())


def second_line(shop: House) -> str:
    return f'<script async src="http://testserver/widget/invite/{shop.site.public_key}.js"></script>'


def test_rules_are_kept_in_their_order_and_never_while_somebody_pays_unless_told_otherwise(
    shop: House, mia: Client
) -> None:
    third = {"3-words": "Hello", "3-path": "*", "3-after": "600", "3-when": "answered"}
    assert save(mia, of(shop), **PRICES, **third).status_code == 302
    assert kept(shop) == {
        "never": ["*/checkout*", "*/cart*"],
        "rules": [KEPT, {"words": "Hello", "path": "*", "after": 600, "when": "answered"}],
    }
    save(
        mia,
        of(shop),
        never="/kasse*\n\n /konto* ",
        **{"2-words": "", "2-path": "", "2-after": "", "2-when": None},
    )
    assert kept(shop) == {"never": ["/kasse*", "/konto*"], "rules": [KEPT]}
    gone = dict.fromkeys(("1-words", "1-path", "1-after"), "")
    save(mia, of(shop), never="*/checkout*\n*/cart*", **gone, **{"1-when": None})
    assert kept(shop) is None


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({**PRICES, "1-path": "https://shop.example/pricing"}, {"1": ["path"]}),
        ({**PRICES, "1-after": "4"}, {"1": ["after"]}),
        ({**PRICES, "1-when": None}, {"1": ["when"]}),
        ({**PRICES, "1-words": "x" * 161}, {"1": ["words"]}),
        ({"2-words": "Hello"}, {"2": ["path", "after", "when"]}),
        ({"2-path": "/pricing"}, {"2": ["words"]}),
        ({**PRICES, "never": "checkout"}, {None: ["never"]}),
        ({**PRICES, "never": "\n".join(f"/{number}" for number in range(21))}, {None: ["__all__"]}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(
    shop: House, mia: Client, typed: dict[str, str | None], wrong: Any
) -> None:
    answer = save(mia, of(shop), **typed)
    assert answer.status_code == 400
    found = {form.prefix: list(form.errors) for form in answer.context["form"].forms if form.errors}
    assert found == wrong
    assert kept(shop) is None


def test_the_snippet_has_a_second_line_exactly_when_there_are_rules(shop: House, mia: Client) -> None:
    assert "/widget/invite/" not in snippet(shop, mia)
    save(mia, of(shop), never="/kasse")
    assert "/widget/invite/" not in snippet(shop, mia)
    save(mia, of(shop), **PRICES)
    assert f"</script>\n{second_line(shop)}" in snippet(shop, mia)


def test_a_page_that_is_looked_at_has_both_lines_or_is_told_that_one_is_missing(
    shop: House, mia: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader = f'<script src="http://testserver/widget.js" data-site="{shop.site.public_key}"></script>'
    for rules, page, good, words in (
        (False, loader, True, "The snippet is in the page."),
        (False, loader + second_line(shop), True, "The snippet is in the page."),
        (
            True,
            loader + second_line(shop),
            True,
            "Its second line, by which the chat speaks first, is in the",
        ),
        (True, loader, False, "Its second line is not in the page"),
    ):
        Site.objects.update(invitations={"rules": [KEPT]} if rules else None)
        answers(monkeypatch, page)
        answer = mia.post(install(shop), {"do": "check", "url": "shop.example"})
        found = {each.words: each.good for each in answer.context["found"]}
        assert [each for said, each in found.items() if words in said] == [good]
        assert all(found.values()) is good


def test_rules_are_for_managers_of_the_site_alone(shop: House) -> None:
    sue = as_user(shop.staff("sue", role="supervisor").user)
    assert sue.post(of(shop), PRICES).status_code == 403
    eve = as_user(house("Elsewhere").staff("eve", role="manager", answers=False).user)
    assert eve.post(of(shop), PRICES).status_code == 404
    assert kept(shop) is None

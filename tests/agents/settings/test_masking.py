"""A manager tries on the last chats what would be hidden, and then has it hidden."""

import pytest
from django.test import Client
from django.urls import reverse

from support_chat.desk.models import Site
from tests.agents.conftest import as_user
from tests.agents.settings.test_pages import save
from tests.desk.people import House, house, say

pytestmark = pytest.mark.django_db

IBAN = "DE89 3704 0044 0532 0130 00"


def of(shop: House) -> str:
    return reverse("site-masking", args=[shop.site.public_key])


def masks(shop: House) -> object:
    return Site.objects.get(pk=shop.site.pk).masks


def test_what_would_be_hidden_is_shown_and_nothing_is_saved(shop: House, mia: Client) -> None:
    chat = shop.chat(body=f"Send it to {IBAN}, <b>please</b>")
    say(chat, "My number is K-2048")
    house().chat(body=f"Of another site: {IBAN}")
    tried = mia.post(of(shop), {"do": "try", "iban": "on", "patterns": "K-####", "sample": "and K-1234?"})
    page = tried.content.decode()
    assert "In 1 of the last 1 chat, 2 times:" in page
    assert f"Send it to <mark>{IBAN}</mark>, &lt;b&gt;please&lt;/b&gt;" in page
    assert "My number is <mark>K-2048</mark>" in page
    assert "and <mark>K-1234</mark>?" in page
    assert "Of another site" not in page
    assert reverse("transcript", args=[chat.public_id]) in page
    assert masks(shop) is None


def test_what_is_chosen_is_hidden_from_then_on_and_may_be_taken_back(shop: House, mia: Client) -> None:
    assert save(mia, of(shop), iban="on", patterns=" K-####\n\n", sample="").status_code == 302
    assert masks(shop) == {"iban": True, "patterns": ["K-####"]}
    assert "K-####" in mia.get(of(shop)).content.decode()
    tried = mia.post(of(shop), {"do": "try", "patterns": "", "sample": "nothing"}).content.decode()
    assert "In the last 0 chats: nothing." in tried
    assert mia.post(of(shop), {"do": "save", "patterns": "", "sample": ""}).status_code == 302
    assert masks(shop) is None


def test_a_pattern_that_would_hide_too_much_is_refused_beside_its_field(shop: House, mia: Client) -> None:
    refused = save(mia, of(shop), patterns="K-##", sample="")
    assert refused.status_code == 400
    assert "needs 4 or more" in refused.content.decode()
    assert masks(shop) is None


def test_who_manages_another_site_does_not_find_it(shop: House) -> None:
    other = as_user(house().staff("max", role="manager", answers=False).user)
    assert other.get(of(shop)).status_code == 404

"""A manager sends a test mail to themselves, and reads whether mail works or what went wrong."""

from smtplib import SMTPAuthenticationError
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from agents.settings.mail_words import error_words
from support_chat.desk import outbox
from support_chat.desk.actions.mailing import settle_letter
from support_chat.desk.availability import availability_of
from support_chat.desk.models import Outbox, Site, User
from support_chat.settings.chat import MAIL_TESTS
from tests.agents.conftest import as_user
from tests.agents.settings.test_pages import save
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db
TO = "mia@mail.example"


@pytest.fixture
def shop(settings: Any) -> House:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    return house()


@pytest.fixture
def mia(shop: House) -> Client:
    user = shop.staff("mia", role="manager", answers=False).user
    User.objects.filter(pk=user.pk).update(email=TO)
    return as_user(user)


def of(shop: House, name: str = "site-mail") -> str:
    return reverse(name, args=[shop.site.public_key])


def work() -> None:
    """As a server does every moment."""
    for row in outbox.take():
        taken = outbox.written(row)
        assert taken is not None
        settle_letter(row=row, outcome=outbox.send(taken))


def offers_mail(shop: House) -> bool:
    return availability_of(Site.objects.get(pk=shop.site.pk)).mail


def test_one_press_sends_a_mail_to_oneself_and_then_it_is_offered_to_visitors(
    shop: House, mia: Client
) -> None:
    assert "No test mail was sent yet." in mia.get(of(shop)).content.decode()
    assert not offers_mail(shop)
    assert save(mia, of(shop)).status_code == 302
    told = mia.get(of(shop, "site-mail-result")).json()
    assert told == {"says": "The test mail is on its way to the mail server.", "waits": True}
    assert " data-waits" in mia.get(of(shop)).content.decode()
    work()
    assert [letter.to for letter in mail.outbox] == [[TO]]
    told = mia.get(of(shop, "site-mail-result")).json()
    assert (told["says"].startswith("It works: the mail server took the test mail of"), told["waits"]) == (
        True,
        False,
    )
    assert offers_mail(shop)


def test_what_went_wrong_is_said_and_nothing_that_needs_mail_is_offered_any_more(
    shop: House, mia: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(mia, of(shop))
    work()

    def refuse(*given: Any) -> None:
        raise SMTPAuthenticationError(535, b"no")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    save(mia, of(shop))
    work()
    page = mia.get(of(shop)).content.decode()
    assert "the mail server does not take the user and password of EMAIL_URL" in page
    assert "Visitors are offered nothing that needs e-mail." in page
    assert not offers_mail(shop)


def test_an_address_that_is_none_and_too_many_mails_are_refused_beside_the_field(
    shop: House, mia: Client
) -> None:
    answer = mia.post(of(shop), {"to": "mia"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["to"])
    for _ in range(MAIL_TESTS):
        assert mia.post(of(shop), {"to": TO}).status_code == 302
    answer = mia.post(of(shop), {"to": TO})
    assert "Please wait an hour." in answer.context["form"].errors["to"][0]
    assert Outbox.objects.count() == MAIL_TESTS


def test_where_the_server_has_no_mail_the_page_says_who_can_change_that(
    shop: House, mia: Client, settings: Any
) -> None:
    settings.EMAIL_FROM = ""
    page = mia.get(of(shop)).content.decode()
    assert "Mail is not set up on this server." in page
    assert "<code>EMAIL_URL</code>" in page
    assert "Send a test mail" not in page


def test_only_managers_of_the_site_send_one_or_read_of_it(shop: House) -> None:
    sue = as_user(shop.staff("sue", role="supervisor").user)
    eve = as_user(house("Elsewhere").staff("eve", role="manager", answers=False).user)
    for client, status in ((sue, 403), (eve, 404)):
        assert client.post(of(shop), {"to": TO}).status_code == status
        assert client.get(of(shop, "site-mail-result")).status_code == status
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("SMTPAuthenticationError 535", "the mail server does not take the user and password of EMAIL_URL"),
        ("SMTPSenderRefused 550", "the mail server lets nobody send as EMAIL_FROM"),
        ("SMTPServerDisconnected", "the mail server broke off"),
        ("The address was refused: [550]", "the mail server does not take mail to this address"),
        ("ConnectionRefusedError", "no mail server answers at the address in EMAIL_URL"),
        ("gaierror", "there is no mail server by the name in EMAIL_URL"),
        ("SSLCertVerificationError", "no safe connection to the mail server could be made"),
        ("BrokenPipeError", "it could not be sent"),
    ],
)
def test_each_error_is_said_in_words_with_its_name(error: str, words: str) -> None:
    assert error_words(error) == f"{words} ({error})"

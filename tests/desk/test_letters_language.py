"""What is sent to the team is in the language of whoever reads it, as far as that is known."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import translation

from support_chat.desk.access import Staff
from support_chat.desk.actions.alerting import alert_all
from support_chat.desk.actions.answering import look_up
from support_chat.desk.actions.mailing import send_test
from support_chat.desk.actions.pushing import push_test, subscribe
from support_chat.desk.actions.trying_alerts import try_alert
from support_chat.desk.models import Conversation, Queue, Site, User
from tests.desk.people import House
from tests.desk.push_service import ENDPOINT, Browser, Service, work
from tests.desk.test_alerting import waits
from tests.desk.time_passes import last_body

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TO = "sue@shop.example"
STEPS = [
    {"after": 60, "kind": "mail", "to": TO},
    {"after": 60, "kind": "webhook", "to": "https://hooks.example/secret"},
]


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> None:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "Support <chat@shop.example>", "https://chat.example"


@pytest.fixture
def mia(shop: House) -> Staff:
    """A manager, in whose queue nobody but Ana takes chats, by hand."""
    Queue.objects.filter(pk=shop.queue.pk).update(routing="manual", alerts=STEPS)
    shop.staff("ana", status="online")
    return shop.staff("mia", role="manager")


def told(shop: House, service: type[Service]) -> tuple[str, str]:
    """The subject of a mail, and the line for a messenger, of a chat that waits too long."""
    waits(shop, 125)
    assert alert_all() == 1
    assert alert_all() == 1
    work()
    [letter], [(_, line)] = mail.outbox, service.got
    return letter.subject, line.decode("unicode_escape")


def test_a_mail_is_in_the_language_of_whose_address_it_is(
    shop: House, mia: Staff, service: type[Service]
) -> None:
    User.objects.filter(pk=mia.user.pk).update(email=TO, language="de")
    subject, line = told(shop, service)
    assert subject == "Ein Chat wartet: Questions"
    assert "Zum Chat: https://chat.example/console/#" in mail.outbox[0].body
    assert "In Questions a chat waits, for 2 minutes by now." in line


def test_else_as_whoever_set_the_steps_reads(shop: House, mia: Staff, service: type[Service]) -> None:
    Queue.objects.update(alerts_language="de")
    subject, line = told(shop, service)
    assert subject == "Ein Chat wartet: Questions"
    assert "In Questions wartet ein Chat, inzwischen seit 2 Minuten." in line


def test_else_as_the_site_speaks_and_in_english_where_that_is_no_language_of_the_team(
    shop: House, mia: Staff, service: type[Service]
) -> None:
    Site.objects.update(locale="fr")
    assert told(shop, service)[0] == "A chat waits: Questions"
    Site.objects.update(locale="de")
    mail.outbox.clear()
    service.got.clear()
    assert told(shop, service)[0] == "Ein Chat wartet: Questions"


def test_a_test_is_in_the_language_of_whoever_tries_it(
    shop: House, mia: Staff, browser: Browser, service: type[Service]
) -> None:
    with translation.override("de"):
        send_test(staff=mia, site=shop.site.public_key, to=TO)
        try_alert(staff=mia, queue=shop.queue.public_id, at=0)
    work()
    assert [letter.subject for letter in mail.outbox] == ["Test-Mail von Shop", "Ein Test von Support Chat"]
    subscribe(staff=mia, session="s", endpoint=ENDPOINT, language="de", **browser.keys)
    push_test(staff=mia, site=shop.site)
    work()
    assert browser.read(service.got[0][1])["title"] == "Ein Test von Support Chat"


def test_that_somebody_looks_something_up_is_said_in_the_visitors_language(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    Conversation.objects.filter(pk=chat.pk).update(locale="de-AT")
    look_up(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert last_body(chat)["text"] == "Ana sieht für Sie nach. Das kann ein paar Minuten dauern."

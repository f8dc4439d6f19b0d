"""Answers that a visitor has not seen are sent once, together, and lead back once."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from support_chat.desk import outbox
from support_chat.desk.access import Staff, visitor_by_bearer
from support_chat.desk.actions.links import open_link
from support_chat.desk.actions.mailing import settle_letter
from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.transcripts import leave_email
from support_chat.desk.actions.unseen import mail_all_unseen
from support_chat.desk.errors import NotFound
from support_chat.desk.history import about
from support_chat.desk.ledger import write
from support_chat.desk.models import ChatLink, Conversation, Outbox, Site, Visitor
from support_chat.desk.reading import mark_at
from tests.desk.people import House, house, say
from tests.desk.time_passes import comes, kinds, leaves

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TO = "vera@mail.example"


@pytest.fixture
def shop(settings: Any) -> House:
    """Where mail works."""
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    shop = house()
    Site.objects.filter(pk=shop.site.pk).update(mail_works_at=timezone.now())
    return shop


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture
def chat(shop: House, ana: Staff) -> Conversation:
    """One whose visitor left an address, and is here."""
    chat = fresh(shop.chat())
    comes(chat)
    leave_email(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4(), email=TO)
    return fresh(chat)


def fresh(chat: Conversation) -> Conversation:
    return Conversation.objects.select_related("visitor", "site", "queue").get(pk=chat.pk)


def reads(chat: Conversation) -> None:
    mark = mark_at(chat, fresh(chat).visible, visitor=True)
    assert mark is not None
    write([mark])


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """As if so much time had passed since anybody left or said anything."""
    monkeypatch.setattr("support_chat.desk.actions.unseen.UNSEEN_AFTER", 180 - seconds)


def work() -> None:
    for row in outbox.take():
        taken = outbox.written(row)
        settle_letter(row=row, outcome=outbox.send(taken) if taken else outbox._UNWRITTEN)


def test_what_was_not_seen_is_sent_together_and_once_and_the_log_says_so(
    chat: Conversation, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(chat, "Seen.", by=ana)
    reads(chat)
    leaves(chat)
    say(chat, "One moment.", by=ana)
    add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body="A difficult one")
    say(chat, "It opens on Monday.", by=ana)
    assert mail_all_unseen() == 0, "not yet"
    later(monkeypatch, 180)
    assert (mail_all_unseen(), mail_all_unseen()) == (1, 0)
    work()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([TO], "Shop has answered you")
    assert "One moment." in letter.body
    assert "It opens on Monday." in letter.body
    assert "Seen." not in letter.body
    assert "A difficult one" not in letter.body
    assert kinds(chat)[-1] == "emailed"


def test_the_letter_speaks_the_visitors_language_around_what_was_said(
    chat: Conversation, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    Conversation.objects.filter(pk=chat.pk).update(locale="de")
    leaves(chat)
    say(chat, "100 % wool, %(name)s.", by=ana)
    later(monkeypatch, 180)
    mail_all_unseen()
    work()
    [letter] = mail.outbox
    assert letter.subject == "Shop hat Ihnen geantwortet"
    assert "Ana schrieb:\n    100 % wool, %(name)s.\n" in letter.body
    assert "Hier geht es weiter mit diesem Chat: https://chat.example/chat/" in letter.body


def test_a_later_answer_is_another_letter_with_that_alone(
    chat: Conversation, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaves(chat)
    later(monkeypatch, 180)
    say(chat, "One moment.", by=ana)
    assert mail_all_unseen() == 1
    say(chat, "It opens on Monday.", by=ana)
    assert mail_all_unseen() == 1
    work()
    assert "One moment." not in mail.outbox[1].body


def test_who_is_here_left_no_address_or_saw_it_is_sent_nothing(
    shop: House, chat: Conversation, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 180)
    say(chat, "It opens on Monday.", by=ana)
    nameless = fresh(shop.chat())
    say(nameless, "It opens on Monday.", by=ana)
    leaves(nameless)
    assert mail_all_unseen() == 0
    reads(chat)
    leaves(chat)
    assert mail_all_unseen() == 0


def test_who_sees_it_before_the_letter_is_written_is_sent_nothing_and_the_log_says_nothing(
    chat: Conversation, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaves(chat)
    later(monkeypatch, 180)
    say(chat, "It opens on Monday.", by=ana)
    assert mail_all_unseen() == 1
    reads(chat)
    work()
    assert mail.outbox == []
    assert Outbox.objects.get().done_at is not None
    assert "emailed" not in kinds(chat)


def test_without_mail_that_works_nothing_is_sent_and_agents_are_promised_nothing(
    chat: Conversation, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert about(ana, chat)["mails_after"] == 180
    Site.objects.update(mail_works_at=None)
    leaves(chat)
    later(monkeypatch, 180)
    say(chat, "It opens on Monday.", by=ana)
    assert mail_all_unseen() == 0
    assert about(ana, chat)["mails_after"] is None


@pytest.fixture
def secret(chat: Conversation, ana: Staff, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of the link in a letter that was sent."""
    leaves(chat)
    later(monkeypatch, 180)
    say(chat, "It opens on Monday.", by=ana)
    mail_all_unseen()
    work()
    found = re.search(r"https://chat\.example/chat/(\S+)/#go-on=(\w{64})\n", str(mail.outbox[0].body))
    assert found is not None
    assert found[1] == chat.site.public_key
    return found[2]


def test_the_link_leads_back_once_and_its_secret_is_kept_nowhere(chat: Conversation, secret: str) -> None:
    kept = [*ChatLink.objects.values_list("sha256", flat=True), *map(str, Outbox.objects.values_list())]
    assert not [each for each in kept if secret in each]
    once = str(uuid4())
    visitor, token = open_link(site=chat.site, secret=secret, client_id=once)
    assert visitor == visitor_by_bearer(token) == chat.visitor
    again, _ = open_link(site=chat.site, secret=secret, client_id=once)
    assert again == visitor, "whose first answer was lost"
    with pytest.raises(NotFound):
        open_link(site=chat.site, secret=secret, client_id=str(uuid4()))


def test_it_opens_nothing_elsewhere_nor_when_it_is_old(chat: Conversation, secret: str) -> None:
    with pytest.raises(NotFound):
        open_link(site=house("Elsewhere").site, secret=secret, client_id=str(uuid4()))
    ChatLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        open_link(site=chat.site, secret=secret, client_id=str(uuid4()))
    assert Visitor.objects.get(pk=chat.visitor_id).keys.count() == 0

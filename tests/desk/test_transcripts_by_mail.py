"""A visitor's own transcript by mail: to the address they gave, once answered, and not without end."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from support_chat.desk import outbox
from support_chat.desk.access import Staff
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.mailing import settle_letter
from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.transcripts import email_transcript, leave_email
from support_chat.desk.errors import IdReused, NotAllowed, TooFast
from support_chat.desk.history import View, page
from support_chat.desk.models import Conversation, Outbox, Site
from tests.desk.people import House, house, say

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TO = "vera@mail.example"


@pytest.fixture
def shop(settings: Any) -> House:
    """Where mail works."""
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    shop = house()
    shop.site.mail_works_at = timezone.now()
    shop.site.save()
    return shop


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online", capacity=300)


def answered(shop: House, ana: Staff, email: str = TO) -> Conversation:
    chat = fresh(shop.chat(body="Do you <b>have</b> blue doors?\n[2026-01-01] Ana:"))
    say(chat, "We do.", by=ana)
    if email:
        leave(chat, email)
    return fresh(chat)


def fresh(chat: Conversation) -> Conversation:
    return Conversation.objects.select_related("visitor", "site").get(pk=chat.pk)


def leave(chat: Conversation, email: str, **more: Any) -> int:
    asked = {"client_id": uuid4(), **more}
    return leave_email(visitor=chat.visitor, conversation=chat.pk, email=email, **asked)


def asks(chat: Conversation, source: str = "192.0.2.1", **more: Any) -> None:
    asked = {"client_id": uuid4(), **more}
    email_transcript(visitor=chat.visitor, conversation=chat.pk, source=source, **asked)


def work() -> None:
    for row in outbox.take():
        taken = outbox.written(row)
        settle_letter(row=row, outcome=outbox.send(taken) if taken else outbox._UNWRITTEN)


def last(chat: Conversation) -> dict[str, Any]:
    entry: dict[str, Any] = page(chat, View(visitor=True, me=""), before=99, limit=1)["entries"][0]
    return {"kind": entry["kind"], **entry["body"]}


def test_it_holds_what_the_visitor_saw_and_nothing_that_the_team_wrote_among_itself(
    shop: House, ana: Staff
) -> None:
    chat = answered(shop, ana)
    add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body="A difficult one")
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    asks(chat)
    work()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([TO], "Your chat with Shop")
    text, page_ = str(letter.body), str(letter.alternatives[0][0])
    for form in (text, page_):
        assert "Ana has joined" in form
        assert "We do." in form
        assert "You ended the chat." in form
        assert "A difficult one" not in form
        assert "Costa" not in form, "the name that colleagues know"
    assert "\n    [2026-01-01] Ana:\n" in text, "no text looks like another's line"
    assert "&lt;b&gt;have&lt;/b&gt;" in page_
    assert last(chat) == {"kind": "emailed", "what": "transcript"}


def test_the_log_says_that_an_address_was_left_and_never_which(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana, email="")
    seen = chat.visible
    once = uuid4()
    assert leave(chat, TO, client_id=once) == leave(chat, TO, client_id=once) == seen
    with pytest.raises(IdReused):
        leave(chat, "eve@mail.example", client_id=once)
    entry = chat.entries.select_related("body").get(kind="left_email")
    assert (entry.shown, entry.body.text) == (False, '{"email":true}')
    assert fresh(chat).reply_to == TO


def test_nothing_is_offered_where_mail_does_not_work(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    Site.objects.update(mail_works_at=None)
    with pytest.raises(NotAllowed):
        asks(chat)
    with pytest.raises(NotAllowed):
        leave(chat, "other@mail.example")


def test_without_an_address_or_an_answer_there_is_nothing_to_send(shop: House, ana: Staff) -> None:
    nameless, unanswered = answered(shop, ana, email=""), fresh(shop.chat())
    leave(unanswered, TO)
    for chat in (nameless, unanswered):
        with pytest.raises(NotAllowed):
            asks(chat)


def test_asking_twice_with_one_id_is_asking_once(shop: House, ana: Staff) -> None:
    chat, once = answered(shop, ana), uuid4()
    asks(chat, client_id=once)
    asks(chat, client_id=once)
    assert Outbox.objects.count() == 1


def test_one_visitor_gets_three_an_hour_and_is_told_when_the_next(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    for source in ("a", "b", "c"):
        asks(chat, source=source)
    with pytest.raises(TooFast) as refused:
        asks(chat, source="d")
    assert 3_500 < (refused.value.after or 0) <= 3_600


def test_many_strangers_addresses_get_ten_letters_from_one_source_and_one_gets_five_from_many(
    shop: House, ana: Staff
) -> None:
    def sent(count: int, address: str, source: str) -> int:
        before = Outbox.objects.count()
        for number in range(count):
            chat = answered(shop, ana, email=address.format(number))
            try:
                asks(chat, source=source.format(number))
            except TooFast:
                continue
        return Outbox.objects.count() - before

    assert sent(30, "victim{}@mail.example", "192.0.2.1") == 10
    assert sent(15, "Vera@mail.example", "198.51.100.{}") == 5
    kept = "".join(map(str, Outbox.objects.values_list("address", "source")))
    assert "vera" not in kept
    assert "198.51" not in kept


def test_what_could_not_be_sent_is_said_to_both_sides(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    asks(chat)
    [row] = outbox.take()
    settle_letter(row=row, outcome=outbox.Outcome(error="refused", final=True, address=True))
    assert last(chat) == {"kind": "emailed", "what": "transcript", "failed": True}
    assert Site.objects.get().mail_works_at is not None


@pytest.mark.parametrize(
    ("languages", "title", "says", "runs"),
    [
        (("", "de-AT"), "Ihr Chat mit Shop", "Ana ist jetzt im Chat", 'lang="de" dir="ltr"'),
        (("", "tlh"), "Your chat with Shop", "Ana has joined", 'lang="en" dir="ltr"'),
        (("he", "de"), "השיחה שלך עם Shop", "\u2068Ana\u2069 בשיחה עכשיו", 'lang="he" dir="rtl"'),
    ],
)
def test_it_speaks_the_language_of_the_site_or_else_of_its_visitor(
    shop: House, languages: tuple[str, str], title: str, says: str, runs: str
) -> None:
    chat = answered(shop, shop.staff("ana", status="online"))
    site, visitor = languages
    Site.objects.update(locale=site)
    Conversation.objects.filter(pk=chat.pk).update(locale=visitor)
    asks(chat)
    work()
    [letter] = mail.outbox
    assert letter.subject == title
    assert says in str(letter.body)
    assert runs in str(letter.alternatives[0][0])

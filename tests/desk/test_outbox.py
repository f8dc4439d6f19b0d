"""What leaves the house: at least once, again when it fails, and given up to be seen."""

import asyncio
import smtplib
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from support_chat.desk import outbox
from support_chat.desk.access import Staff
from support_chat.desk.actions.mailing import ask, pause_after, send_test, settle_letter
from support_chat.desk.availability import availability_of
from support_chat.desk.clock import prune
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.letters.kinds import ALERT_PUSH, TEST, WRITERS
from support_chat.desk.models import Outbox, Site
from support_chat.settings.chat import MAIL_LONGEST_PAUSE, MAIL_TESTS, MAIL_TRIES, SENT_KEPT
from tests.desk.people import House, house

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TO = "mia@mail.example"
REFUSED = smtplib.SMTPRecipientsRefused({TO: (550, b"no such user")})
DOWN = ConnectionRefusedError("nobody listens")


@pytest.fixture
def mia(shop: House) -> Staff:
    return shop.staff("mia", role="manager", answers=False)


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> None:
    settings.EMAIL_FROM = "Support <chat@shop.example>"
    settings.PUBLIC_URL = "https://chat.example"


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """While something is in it, sending raises it."""
    errors: list[Exception] = []
    sent = EmailBackend.send_messages

    def send(self: EmailBackend, messages: Any) -> int:
        if errors:
            raise errors[-1]
        return sent(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return errors


def work() -> int:
    """One look into the outbox, on this thread."""
    rows = outbox.take()
    for row in rows:
        taken = outbox.written(row)
        outcome = outbox.send(taken) if taken else outbox._UNWRITTEN
        settle_letter(row=row, outcome=outcome)
    return len(rows)


@pytest.fixture
def letter(shop: House, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """One of another kind than a test: it is tried again."""
    monkeypatch.setitem(WRITERS, "other", WRITERS[TEST])
    Site.objects.update(mail_works_at=timezone.now())
    return ask(shop.site, "other", TO, {}, timezone.now())


def due_again() -> None:
    Outbox.objects.update(due_at=timezone.now())


def site_of(shop: House) -> Site:
    return Site.objects.get(pk=shop.site.pk)


def test_a_test_mail_is_sent_once_and_then_mail_is_offered(shop: House, mia: Staff) -> None:
    send_test(staff=mia, site=shop.site.public_key, to=TO)
    assert "mail" not in availability_of(site_of(shop)).words(timezone.now())
    assert (work(), work()) == (1, 0)
    [letter] = mail.outbox
    assert (letter.to, letter.from_email, letter.subject) == (
        [TO],
        "Shop <chat@shop.example>",
        "Test mail of Shop",
    )
    row = Outbox.objects.get()
    assert row.done_at is not None
    assert letter.extra_headers["Message-ID"] == f"<{row.public_id}@shop.example>"
    assert availability_of(site_of(shop)).words(timezone.now())["mail"] is True
    assert row.payload == {}, "nobody's address is kept longer than it is needed"


def test_what_fails_is_tried_again_later_under_the_same_name(letter: Outbox, fails: list[Exception]) -> None:
    fails.append(DOWN)
    assert work() == 1
    row = Outbox.objects.get()
    assert (row.done_at, row.failed_at, row.error) == (None, None, "ConnectionRefusedError")
    assert work() == 0, "not at once"
    fails.clear()
    due_again()
    assert work() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{letter.public_id}@shop.example>"


def test_who_dies_while_sending_leaves_it_to_somebody_else_after_a_while(letter: Outbox) -> None:
    [taken] = outbox.take()
    assert outbox.take() == [], "it is theirs"
    due_again()
    assert work() == 1
    settle_letter(row=taken, outcome=outbox.Outcome(error="too late"))
    row = Outbox.objects.get()
    assert (row.done_at is not None, row.error) == (True, ""), "whoever was given up for dead changes nothing"


def test_after_a_day_it_is_given_up_and_mail_is_offered_no_more(
    shop: House, letter: Outbox, fails: list[Exception]
) -> None:
    fails.append(DOWN)
    for _ in range(MAIL_TRIES):
        due_again()
        assert work() == 1
    due_again()
    assert work() == 0
    row, site = Outbox.objects.get(), site_of(shop)
    assert row.failed_at is not None
    assert (site.mail_works_at, site.mail_error) == (None, "ConnectionRefusedError")
    assert row.payload == {}, "nobody needs the address any more"
    Outbox.objects.update(due_at=database_now() - timedelta(days=SENT_KEPT, seconds=1))
    prune()
    assert not Outbox.objects.exists()
    day = sum(pause_after(tries) for tries in range(1, MAIL_TRIES))
    assert 16 * 3600 < day < 24 * 3600
    assert pause_after(99) <= MAIL_LONGEST_PAUSE


def test_an_address_that_is_refused_is_given_up_at_once_and_says_nothing_of_our_mail(
    shop: House, letter: Outbox, fails: list[Exception]
) -> None:
    fails.append(REFUSED)
    assert work() == 1
    row = Outbox.objects.get()
    assert row.failed_at is not None
    assert TO not in row.error
    assert site_of(shop).mail_works_at is not None


def test_a_test_that_fails_says_so_at_once(shop: House, mia: Staff, fails: list[Exception]) -> None:
    fails.append(smtplib.SMTPAuthenticationError(535, b"bad password: hunter2"))
    send_test(staff=mia, site=shop.site.public_key, to=TO)
    work()
    site = site_of(shop)
    assert (site.mail_works_at, site.mail_error) == (None, "SMTPAuthenticationError 535")


def test_what_cannot_be_written_is_given_up_and_holds_up_nothing(shop: House, letter: Outbox) -> None:
    Outbox.objects.update(payload={})
    ask(shop.site, "other", TO, {}, timezone.now())
    assert work() == 2
    assert len(mail.outbox) == 1
    assert Outbox.objects.filter(error="cannot be written", failed_at__isnull=False).count() == 1


def test_a_kind_that_only_a_newer_release_knows_is_left_to_it(shop: House) -> None:
    ask(shop.site, "hologram", TO, {}, timezone.now())
    assert work() == 0


def test_a_change_that_is_rolled_back_sends_nothing(shop: House, letter: Outbox) -> None:
    letter.delete()
    with pytest.raises(ZeroDivisionError):
        _ask_and_fail(shop)
    assert work() == 0


def _ask_and_fail(shop: House) -> None:
    with transaction.atomic():
        ask(shop.site, TEST, TO, {}, timezone.now())
        raise ZeroDivisionError


def test_no_name_of_a_site_adds_a_header(shop: House, mia: Staff) -> None:
    Site.objects.update(name="Shop\r\nBcc: eve@mail.example")
    send_test(staff=mia, site=shop.site.public_key, to=TO)
    work()
    assert mail.outbox[0].recipients() == [TO]
    assert "\n" not in mail.outbox[0].subject


def test_only_managers_test_mail_and_not_without_end(shop: House, mia: Staff) -> None:
    for who, refusal in (
        (shop.staff("ana"), NotAllowed),
        (house("Else").staff("eve", role="manager"), NotFound),
    ):
        with pytest.raises(refusal):
            send_test(staff=who, site=shop.site.public_key, to=TO)
    for _ in range(MAIL_TESTS):
        send_test(staff=mia, site=shop.site.public_key, to=TO)
    with pytest.raises(ValidationError):
        send_test(staff=mia, site=shop.site.public_key, to=TO)
    Outbox.objects.update(made_at=timezone.now() - timedelta(hours=1))
    send_test(staff=mia, site=shop.site.public_key, to=TO)


def test_mail_that_nobody_has_set_up_is_not_tested(shop: House, mia: Staff, settings: Any) -> None:
    settings.PUBLIC_URL = ""
    with pytest.raises(ValidationError):
        send_test(staff=mia, site=shop.site.public_key, to=TO)
    Site.objects.update(mail_works_at=timezone.now())
    assert "mail" not in availability_of(site_of(shop)).words(timezone.now())


async def test_a_push_service_that_does_not_answer_keeps_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    never = asyncio.Event()

    async def send_due(kinds: Collection[str]) -> int:
        asked.append(tuple(kinds))
        if ALERT_PUSH in kinds:
            await never.wait()
        return 0

    monkeypatch.setattr(outbox, "send_due", send_due)
    monkeypatch.setattr(outbox, "MAIL_EVERY", 0.01)
    running = asyncio.create_task(outbox.run_outbox())
    async with asyncio.timeout(10):
        while sum(TEST in kinds for kinds in asked) < 3:
            await asyncio.sleep(0.01)
    running.cancel()
    assert sum(ALERT_PUSH in kinds for kinds in asked) == 1
    assert sorted(kind for kinds in outbox.WAYS for kind in kinds) == sorted(WRITERS)

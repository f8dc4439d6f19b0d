"""A manager sets by which steps a queue tells that a chat waits too long, and tries each of them."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from agents.settings.alert_words import failure_words
from support_chat.desk import outbox
from support_chat.desk.actions.mailing import Outcome, settle_letter
from support_chat.desk.models import Outbox, Queue, SettingChange
from support_chat.settings.chat import ALERT_TESTS
from tests.agents.conftest import as_user
from tests.agents.settings.test_pages import save
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db
HOOK = "https://hooks.example/T0/secret"
STEPS = [
    {"after": 60, "kind": "sound"},
    {"after": 120, "kind": "webhook", "to": HOOK},
    {"after": 300, "kind": "mail", "to": "sue@shop.example"},
]


@pytest.fixture
def shop(settings: Any) -> House:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    return house()


def of(shop: House, name: str = "queue-alerts", *more: int) -> str:
    return reverse(name, args=[shop.queue.public_id, *more])


def steps_of(shop: House) -> Any:
    return Queue.objects.values_list("alerts", flat=True).get(pk=shop.queue.pk)


def put(shop: House) -> None:
    Queue.objects.filter(pk=shop.queue.pk).update(alerts=STEPS)


def typed(at: int, after: str, kind: str, to: str = "") -> dict[str, str]:
    return {f"after-{at}": after, f"kind-{at}": kind, f"to-{at}": to}


def test_steps_are_set_in_any_order_and_stand_in_that_of_their_times(shop: House, mia: Client) -> None:
    page = mia.get(of(shop)).content.decode()
    assert "After 60 seconds: a sound, until somebody takes the chat" in page
    answer = save(
        mia, of(shop), **typed(1, "300", "mail", "sue@shop.example"), **typed(4, "120", "webhook", HOOK)
    )
    assert answer.headers["Location"] == f"{of(shop)}?saved=settings"
    assert steps_of(shop) == STEPS
    assert save(mia, of(shop), **typed(0, "60", "")).status_code == 302
    assert steps_of(shop) == STEPS[1:]


def test_the_record_of_what_was_set_holds_no_secret(shop: House, mia: Client) -> None:
    save(mia, of(shop), **typed(1, "120", "webhook", HOOK))
    kept = SettingChange.objects.get().values["alerts"]
    assert kept == [[], [STEPS[0], {**STEPS[1], "to": "hooks.example"}]]


def test_what_is_sent_by_the_steps_is_in_the_language_in_which_they_were_written(
    shop: House, mia: Client
) -> None:
    german = Client(headers={"accept-language": "de"})
    german.cookies = mia.cookies
    save(german, of(shop), **typed(1, "120", "webhook", HOOK))
    assert Queue.objects.get(pk=shop.queue.pk).alerts_language == "de"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (typed(1, "", "sound"), "after-1"),
        (typed(1, "-1", "sound"), "after-1"),
        (typed(1, "100000", "push"), "after-1"),
        (typed(1, "60", "mail"), "to-1"),
        (typed(1, "60", "mail", "sue"), "to-1"),
        (typed(1, "60", "webhook", "http://hooks.example/"), "to-1"),
        (typed(1, "60", "sound", "sue@shop.example"), "to-1"),
        (typed(1, "60", "smoke"), "kind-1"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    shop: House, mia: Client, line: dict[str, str], wrong: str
) -> None:
    answer = save(mia, of(shop), **line)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [wrong])
    assert steps_of(shop) is None


def test_what_could_lead_nowhere_is_refused(shop: House, mia: Client, settings: Any) -> None:
    settings.PUBLIC_URL = ""
    answer = save(mia, of(shop), **typed(1, "60", "webhook", HOOK))
    assert list(answer.context["form"].errors) == ["kind-1"]


def test_a_test_mail_is_sent_and_the_page_says_what_became_of_it(shop: House, mia: Client) -> None:
    put(shop)
    assert mia.post(of(shop), {"try": "2"}).headers["Location"] == f"{of(shop)}#step-2"
    assert mia.get(of(shop, "alert-result", 2)).json() == {"says": "The test is on its way.", "waits": True}
    [row] = outbox.take()
    taken = outbox.written(row)
    assert taken is not None
    settle_letter(row=row, outcome=outbox.send(taken))
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["sue@shop.example"], "A test of Support Chat")
    ]
    told = mia.get(of(shop, "alert-result", 2)).json()
    assert told["says"].endswith("was taken at the other end.")
    assert not told["waits"]
    assert mia.get(of(shop, "alert-result", 1)).json()["says"] == "", "each step its own"


def test_what_went_wrong_is_said_in_words_and_no_test_is_tried_again(shop: House, mia: Client) -> None:
    put(shop)
    mia.post(of(shop), {"try": "1"})
    [row] = outbox.take()
    settle_letter(row=row, outcome=Outcome(error="HTTP 404", address=True))
    page = mia.get(of(shop)).content.decode()
    assert "did not get there: the other end answered HTTP 404." in page
    row.refresh_from_db()
    assert row.failed_at is not None


def test_a_push_needs_a_browser_of_ones_own_and_a_sound_is_played_in_the_page(
    shop: House, mia: Client
) -> None:
    Queue.objects.filter(pk=shop.queue.pk).update(alerts=[STEPS[0], {"after": 90, "kind": "push"}])
    assert "No browser of yours takes pushes" in mia.post(of(shop), {"try": "1"}).content.decode()
    for at in ("0", "7", "-1", "x"):
        assert "There is no such step any more." in mia.post(of(shop), {"try": at}).content.decode()
    assert not Outbox.objects.exists()


def test_not_without_end(shop: House, mia: Client) -> None:
    put(shop)
    for _ in range(ALERT_TESTS):
        assert mia.post(of(shop), {"try": "1"}).status_code == 302
    assert "Please wait an hour." in mia.post(of(shop), {"try": "1"}).content.decode()
    assert Outbox.objects.count() == ALERT_TESTS


def test_only_managers_of_the_site_see_or_set_or_try(shop: House) -> None:
    put(shop)
    sue = as_user(shop.staff("sue", role="supervisor").user)
    eve = as_user(house("Elsewhere").staff("eve", role="manager", answers=False).user)
    for client, status in ((sue, 403), (eve, 404)):
        assert client.get(of(shop)).status_code == status
        assert client.post(of(shop), {"try": "1"}).status_code == status
        assert client.post(of(shop), typed(0, "1", "sound")).status_code == status
        assert client.get(of(shop, "alert-result", 1)).status_code == status
    assert steps_of(shop) == STEPS
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("alert_webhook", "HTTP 410", "the other end answered HTTP 410"),
        ("alert_webhook", "There is no website of this name.", "there is no website of this name"),
        ("alert_push", "cannot be written", "it could not be sent (cannot be written)"),
        ("alert_mail", "gaierror", "there is no mail server by the name in EMAIL_URL (gaierror)"),
    ],
)
def test_each_failure_is_said_in_words(kind: str, error: str, words: str) -> None:
    assert failure_words(Outbox(kind=kind, error=error)) == words


def test_what_the_outbox_kept_in_english_is_said_in_german() -> None:
    kept = "It did not answer as a website does. (SSLError)"
    with translation.override("de"):
        said = failure_words(Outbox(kind="alert_webhook", error=kept))
    assert said == "sie antwortete nicht, wie es eine Website tut (SSLError)"

"""Web Push: to browsers of whoever works, wants it and has no console open; sealed for each."""

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError
from django.utils import timezone

from support_chat.desk.access import Staff
from support_chat.desk.actions.alerting import alert_all
from support_chat.desk.actions.heeding import set_attention
from support_chat.desk.actions.pushing import forget_browser, push_test, subscribe, unsubscribe
from support_chat.desk.errors import NotAllowed
from support_chat.desk.letters import push
from support_chat.desk.letters.refusals import NotTaken
from support_chat.desk.letters.webhook import Webhook
from support_chat.desk.models import Agent, Outbox, Presence, PushSubscription, Queue
from support_chat.desk.push_keys import public_key
from support_chat.settings.chat import BROWSERS_PUSHED, PUSH_TESTS
from tests.desk.people import House, house
from tests.desk.push_service import ENDPOINT, Browser, Service, work, written
from tests.desk.test_alerting import waits
from tests.desk.time_passes import agent_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> None:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "Support <chat@shop.example>", "https://chat.example"


@pytest.fixture
def ben(shop: House, browser: Browser) -> Staff:
    """At work, with a browser that takes pushes; their console is closed, and Ana has one."""
    steps = [{"after": 60, "kind": "push"}]
    Queue.objects.filter(pk=shop.queue.pk).update(routing="manual", alerts=steps)
    shop.staff("ana", status="online")
    staff = shop.staff("ben")
    Agent.objects.filter(pk=agent_of(staff).pk).update(status_cause="connection lost")
    subscribe(staff=staff, session="a session", endpoint=ENDPOINT, **browser.keys)
    return staff


def test_a_chat_that_waits_too_long_is_pushed_to_whose_console_is_closed(
    shop: House, ben: Staff, browser: Browser, service: type[Service]
) -> None:
    chat = waits(shop, 61)
    assert alert_all() == 1
    work()
    [(headers, body)] = service.got
    told = browser.read(body)
    assert told["title"] == "A chat waits: Questions"
    assert told["body"] == "In Questions a chat waits, for a minute by now."
    assert told["chat"] == chat.public_id
    assert b"Questions" not in body
    assert (headers["Content-Encoding"], headers["TTL"]) == ("aes128gcm", "300")


def test_it_is_signed_by_us_for_this_service_alone(
    shop: House, ben: Staff, browser: Browser, service: type[Service]
) -> None:
    push_test(staff=ben, site=shop.site)
    work()
    scheme, _, rest = service.got[0][0]["Authorization"].partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert (scheme, given["k"]) == ("vapid", public_key())
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(given["k"]))
    claims = jwt.decode(given["t"], point, algorithms=["ES256"], audience="https://push.example")
    assert claims["sub"] == "mailto:chat@shop.example"


def _bytes(text: str) -> bytes:
    return jwt.utils.base64url_decode(text)


def test_what_the_visitor_wrote_is_in_it_only_for_whoever_chose_so(
    shop: House, ben: Staff, browser: Browser, service: type[Service]
) -> None:
    waits(shop, 60)
    alert_all()
    work()
    set_attention(staff=ben, values={"words": True})
    waits(shop, 60)
    alert_all()
    work()
    assert ["Hello" in browser.read(body)["body"] for _, body in service.got] == [False, True]


@pytest.mark.parametrize(
    "why", ["console", "quiet", "scope", "off", "break", "left", "unsubscribed", "signed out"]
)
def test_it_is_not_pushed(shop: House, ben: Staff, why: str) -> None:
    agent = agent_of(ben)
    rows = Agent.objects.filter(pk=agent.pk)
    if why == "console":
        other = Presence.objects.get()
        Presence.objects.create(agent=agent, process=other.process)
    elif why == "quiet":
        set_attention(staff=ben, values={"quiet": [["00:00", "24:00"]]})
    elif why == "scope":
        set_attention(staff=ben, values={"scope": "mine"})
    elif why == "off":
        rows.update(hours={"week": {}})
    elif why == "break":
        rows.update(status="away", status_cause="chosen")
    elif why == "left":
        rows.update(status="offline", status_cause="chosen")
    elif why == "unsubscribed":
        unsubscribe(staff=ben, endpoint=ENDPOINT)
    else:
        forget_browser(session="a session")
    waits(shop, 60)
    assert alert_all() == 1
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(("status", "kept"), [(410, 0), (404, 0), (503, 1)])
def test_a_browser_that_is_gone_is_forgotten_and_one_that_is_busy_is_not(
    shop: House, ben: Staff, service: type[Service], status: int, kept: int
) -> None:
    service.status = status
    waits(shop, 60)
    alert_all()
    work()
    assert PushSubscription.objects.count() == kept
    row = Outbox.objects.get()
    assert (row.error, row.failed_at is None) == (f"HTTP {status}", bool(kept))


def test_who_was_deactivated_meanwhile_gets_nothing(shop: House, ben: Staff, service: type[Service]) -> None:
    waits(shop, 60)
    alert_all()
    ben.user.is_active = False
    ben.user.save()
    work()
    assert service.got == []


def test_a_browser_belongs_to_whoever_signed_in_there_last(shop: House, ben: Staff, browser: Browser) -> None:
    kim = shop.staff("kim")
    subscribe(staff=kim, session="another", endpoint=ENDPOINT, **browser.keys)
    assert [row.agent for row in PushSubscription.objects.all()] == [agent_of(kim)]
    unsubscribe(staff=ben, endpoint=ENDPOINT)
    assert PushSubscription.objects.count() == 1, "it is not theirs any more"


def test_of_many_browsers_the_newest_are_kept(ben: Staff, browser: Browser) -> None:
    PushSubscription.objects.update(made_at=timezone.now() - timedelta(days=1))
    for number in range(BROWSERS_PUSHED):
        subscribe(staff=ben, session="s", endpoint=f"{ENDPOINT}{number}", **browser.keys)
    assert PushSubscription.objects.count() == BROWSERS_PUSHED
    assert not PushSubscription.objects.filter(endpoint=ENDPOINT).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            {"endpoint": each}
            for each in ("http://push.example/", "https://u@push.example/", "https://push.example:22/")
        ),
        *({"endpoint": each} for each in ("https://push.example/" + "x" * 1_000, "", "file:///etc/passwd")),
        *({"p256dh": each} for each in ("", "AAAA", "é", written(b"\x04" + b"\x01" * 64))),
        *({"auth": each} for each in ("", "AAAA")),
    ],
)
def test_what_is_no_browser_is_refused(ben: Staff, browser: Browser, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        subscribe(staff=ben, session="s", **{"endpoint": ENDPOINT, **browser.keys, **wrong})
    assert PushSubscription.objects.count() == 1


def test_whoever_answers_no_chats_has_none(browser: Browser) -> None:
    mia = house("Else").staff("mia", role="manager", answers=False)
    with pytest.raises(NotAllowed):
        subscribe(staff=mia, session="s", endpoint=ENDPOINT, **browser.keys)


def test_nothing_is_sent_into_our_own_network_whatever_a_name_leads_to(browser: Browser) -> None:
    for url in ("https://127.0.0.1/x", "https://localhost/x", "https://[::1]/x", "https://169.254.169.254/"):
        with pytest.raises(NotTaken, match="not on the public internet"):
            push.Push(url, browser.keys["p256dh"], browser.keys["auth"], {}).send()
        with pytest.raises(NotTaken, match="not on the public internet"):
            Webhook(url, {"text": "x"}).send()


def test_a_messenger_is_written_to_as_json_and_led_nowhere(service: type[Service]) -> None:
    Webhook("https://hooks.example/secret", {"text": "A chat waits"}).send()
    [(headers, body)] = service.got
    assert (headers["Content-Type"], json.loads(body)) == ("application/json", {"text": "A chat waits"})
    service.status = 302
    with pytest.raises(NotTaken, match="HTTP 302") as refused:
        Webhook("https://hooks.example/secret", {"text": "A chat waits"}).send()
    assert refused.value.final
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("why", ["new password", "another agent", "another queue"])
def test_what_was_asked_for_is_not_sent_to_whom_it_is_not_for_any_more(
    shop: House, ben: Staff, browser: Browser, service: type[Service], why: str
) -> None:
    waits(shop, 60)
    assert alert_all() == 1
    assert Outbox.objects.exists()
    if why == "new password":
        ben.user.set_password("another")
        ben.user.save()
    elif why == "another agent":
        subscribe(staff=shop.staff("cem"), session="another", endpoint=ENDPOINT, **browser.keys)
    else:
        bills = Queue.objects.create(site=shop.site, name="Bills")
        ben.user.memberships.update(queue=bills)
    work()
    assert service.got == []


def test_nobody_tries_it_without_end(shop: House, ben: Staff) -> None:
    for _ in range(PUSH_TESTS):
        assert push_test(staff=ben, site=shop.site) == 1
    with pytest.raises(ValidationError):
        push_test(staff=ben, site=shop.site)


def test_a_server_starts_without_what_seals_a_push_and_the_clients_that_it_brings() -> None:
    ask = "import sys, support_chat.asgi; print({'pywebpush', 'requests', 'aiohttp'} & {*sys.modules})"
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "set()"

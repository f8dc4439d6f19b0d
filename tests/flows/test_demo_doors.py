"""What only the demo opens stays shut everywhere else: its password, its buttons, its addresses."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from fixtures.trial.running import demo
from fixtures.trial.tickets import ticket_for
from support_chat.desk.actions.setting_up import hire_agent, hire_manager, make_queue, make_site
from support_chat.desk.models import Site, User

pytestmark = pytest.mark.django_db

HERE = {"HTTP_HOST": "127.0.0.1:8000"}
SIGN_IN = {"username": "ana", "password": "demo"}
BAR = [
    ("/demo/trials/", "post"),
    ("/demo/cut/", "post"),
    ("/demo/visitors/", "post"),
    ("/demo/side-by-side/", "get"),
]
TOKEN = {"HTTP_X_VISITOR_TOKEN": ""}


@pytest.fixture
def shop() -> Site:
    site = make_site(name="Sorrel Lane", time_zone="UTC", is_demo=True)
    queue = make_queue(site=site, name="Orders", is_default=True)
    for name in ("Ana", "Ben"):
        hire_agent(site=site, queues=[queue], username=name.lower(), first_name=name, last_name="Costa")
    hire_manager(site=site, username="mia", first_name="Mia", last_name="Lund")
    return site


@pytest.fixture
def running(shop: Site) -> Iterator[None]:
    demo.begin("127.0.0.1:8000")
    yield
    demo.end()


ELSEWHERE = [
    {"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "192.0.2.7"},
    {"HTTP_HOST": "127.0.0.1:8000", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    {"HTTP_HOST": "127.0.0.1:8000", "HTTP_FORWARDED": "for=192.0.2.7"},
]


def is_signed_in(client: Client) -> bool:
    return client.get("/console/", **HERE).status_code == 200


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("name", ["ana", "ben", "mia"])
def test_the_password_demo_signs_in_the_staff_of_the_demo(name: str, client: Client) -> None:
    client.post("/accounts/login/", {"username": name, "password": "demo"}, **HERE)
    assert is_signed_in(client)


@pytest.mark.usefixtures("shop")
def test_the_password_demo_is_refused_where_no_demo_runs(client: Client) -> None:
    client.post("/accounts/login/", SIGN_IN, **HERE)
    assert not is_signed_in(client)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("origin", ELSEWHERE)
def test_the_password_demo_is_refused_to_other_machines(origin: dict[str, str], client: Client) -> None:
    client.post("/accounts/login/", SIGN_IN, **origin)
    assert not is_signed_in(client)


@pytest.mark.usefixtures("running")
def test_the_password_demo_is_nobody_elses(client: Client) -> None:
    other = make_site(name="A customer", time_zone="UTC")
    queue = make_queue(site=other, name="Questions", is_default=True)
    hire_agent(site=other, queues=[queue], username="eve", first_name="Eve", last_name="Costa")
    client.post("/accounts/login/", {"username": "eve", "password": "demo"}, **HERE)
    assert not is_signed_in(client)


@pytest.mark.usefixtures("shop")
def test_no_one_of_the_demo_has_a_password_in_the_database() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.usefixtures("running")
def test_a_session_of_the_demo_is_nobodys_once_the_demo_has_ended(client: Client) -> None:
    client.post("/accounts/login/", SIGN_IN, **HERE)
    assert is_signed_in(client)
    demo.end()
    assert not is_signed_in(client)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(("name", "page"), [("ana", "/console/"), ("mia", "/console/transcripts/")])
def test_a_button_of_the_bar_opens_what_they_work_with(name: str, page: str, client: Client) -> None:
    answer = client.post("/demo/sign-in/", {"ticket": ticket_for(name)}, **HERE)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert is_signed_in(client)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    "ticket", ["", "ana", "ana:forged", ticket_for("root")], ids=["none", "bare", "forged", "of nobody"]
)
def test_a_sign_in_without_our_ticket_is_refused(ticket: str, client: Client) -> None:
    assert client.post("/demo/sign-in/", {"ticket": ticket}, **HERE).status_code == 404


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("origin", ELSEWHERE)
def test_other_machines_see_neither_bar_nor_its_addresses(origin: dict[str, str], client: Client) -> None:
    assert "Try it" in client.get("/", **HERE).content.decode()
    assert "Try it" not in client.get("/", **origin).content.decode()
    assert client.post("/demo/sign-in/", {"ticket": ticket_for("ana")}, **origin).status_code == 404
    for address, method in BAR:
        assert getattr(client, method)(address, **origin, **TOKEN).status_code == 404


@pytest.mark.usefixtures("shop")
def test_without_the_demo_there_is_neither_bar_nor_its_addresses(client: Client) -> None:
    assert "Try it" not in client.get("/", **HERE).content.decode()
    assert client.post("/demo/sign-in/", {"ticket": ticket_for("ana")}, **HERE).status_code == 404
    for address, method in BAR:
        assert getattr(client, method)(address, **HERE, **TOKEN).status_code == 404


FRAMED: dict[str, Any] = {"HTTP_SEC_FETCH_DEST": "iframe", "HTTP_SEC_FETCH_SITE": "same-origin"}


def ancestors(client: Client, **headers: Any) -> tuple[str, bool]:
    answer = client.get("/accounts/login/", **HERE, **headers)
    return answer.headers["X-Frame-Options"], "frame-ancestors 'self'" in answer.headers[
        "Content-Security-Policy"
    ]


@pytest.mark.usefixtures("running")
def test_the_console_may_be_framed_by_the_demo_itself_alone(client: Client) -> None:
    assert ancestors(client, **FRAMED) == ("SAMEORIGIN", True)
    assert ancestors(client, **{**FRAMED, "HTTP_SEC_FETCH_SITE": "cross-site"}) == ("DENY", False)
    demo.end()
    assert ancestors(client, **FRAMED) == ("DENY", False)


def test_the_demo_does_not_become_somebody_who_works_here_already() -> None:
    site = make_site(name="A customer", time_zone="UTC")
    hire_manager(site=site, username="ana", first_name="Ana", last_name="Real")
    with pytest.raises(CommandError, match="somebody else named ana"):
        call_command("demo")
    assert not Site.objects.filter(is_demo=True).exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "chat.example"])
def test_the_demo_serves_no_other_machine(host: str) -> None:
    with pytest.raises(CommandError, match="not loopback"):
        call_command("demo", host=host)

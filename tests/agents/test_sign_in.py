import pytest
from django.test import Client

from support_chat.desk.models import User
from tests.agents.conftest import SECRET, as_user

LOGIN = "/accounts/login/"


@pytest.fixture
def browser() -> Client:
    return Client()


def _sign_in(browser: Client, password: str, *, after: str = "") -> str:
    """Where the answer leads; "" when it stays on the form."""
    answer = browser.post(LOGIN, {"username": "ana", "password": password, "next": after})
    return answer.headers.get("Location", "")


def test_the_right_password_leads_to_the_console_and_a_wrong_one_stays(browser: Client, ana: User) -> None:
    assert _sign_in(browser, "wrong") == ""
    assert _sign_in(browser, SECRET) == "/console/"


def test_a_refused_sign_in_is_said_in_plain_words_and_keeps_the_name(browser: Client, ana: User) -> None:
    page = browser.post(LOGIN, {"username": "ana", "password": "wrong"}).content.decode()
    assert "do not go together" in page
    assert 'value="ana"' in page
    assert "wrong" not in page


def test_somebody_who_left_the_team_cannot_sign_in(browser: Client, ana: User) -> None:
    ana.is_active = False
    ana.save()
    assert _sign_in(browser, SECRET) == ""


@pytest.mark.parametrize("inside", ["/console/transcripts/", "/console/?a=b"])
def test_next_leads_to_a_page_of_this_origin(browser: Client, ana: User, inside: str) -> None:
    assert _sign_in(browser, SECRET, after=inside) == inside


@pytest.mark.parametrize(
    "outside",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
    ],
)
def test_next_never_leads_to_another_origin(browser: Client, ana: User, outside: str) -> None:
    assert _sign_in(browser, SECRET, after=outside) == "/console/"


def test_a_link_cannot_sign_anybody_out_but_the_form_does(ana: User) -> None:
    browser = as_user(ana)
    assert browser.get("/accounts/logout/").status_code == 405
    assert browser.get("/console/").status_code == 200
    assert browser.post("/accounts/logout/").headers["Location"] == LOGIN
    assert browser.get("/console/").status_code == 302


def test_a_form_of_another_site_cannot_sign_anybody_in_or_out(ana: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(LOGIN, {"username": "ana", "password": SECRET}).status_code == 403
    browser.force_login(ana)
    assert browser.post("/accounts/logout/").status_code == 403

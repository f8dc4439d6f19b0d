"""What the caller has set for themselves, read and changed by nobody else."""

from django.test import Client

from support_chat.desk.models import User
from tests.agents.conftest import as_user

ADDRESS = "/api/v1/me/"
JSON = "application/json"
UNTOUCHED = {"language": "", "keys": {}, "undo_send": None, "share_drafts": True}


def test_what_one_sets_is_ones_own(ana: User) -> None:
    ben = User.objects.create_user("ben", password="x")
    chosen = {"language": "de", "keys": {"close": "x"}, "undo_send": 5, "share_drafts": False}
    answer = as_user(ana).patch(ADDRESS, chosen, content_type=JSON)
    assert (answer.status_code, answer.json()) == (200, chosen)
    assert as_user(ana).patch(ADDRESS, {"undo_send": 0}, content_type=JSON).json() == {
        **chosen,
        "undo_send": 0,
    }
    assert as_user(ben).get(ADDRESS).json() == UNTOUCHED


def test_what_is_wrong_is_told_by_its_name_and_nothing_is_kept(ana: User) -> None:
    browser = as_user(ana)
    wrong = (
        {"language": "fr"},
        {"keys": {"close": "ab"}},
        {"keys": {"a": "x", "b": "x"}},
        {"undo_send": 11},
        {"undo_send": -1},
        {"undo_send": "soon"},
        {"share_drafts": "sometimes"},
        {"password": "new"},
    )
    for change in wrong:
        answer = browser.patch(ADDRESS, change, content_type=JSON)
        assert (answer.status_code, set(answer.json())) == (400, set(change))
    assert browser.get(ADDRESS).json() == UNTOUCHED


def test_strangers_read_and_change_nothing(ana: User) -> None:
    assert Client().get(ADDRESS).status_code == 403
    assert Client().patch(ADDRESS, {"language": "de"}, content_type=JSON).status_code == 403


def test_another_site_cannot_change_it_in_the_name_of_somebody_signed_in(ana: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana)
    assert browser.patch(ADDRESS, {"language": "de"}, content_type=JSON).status_code == 403

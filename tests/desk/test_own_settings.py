"""What somebody on the staff sets for themselves alone."""

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.actions.own_settings import LONGEST_UNDO, MOST_KEYS, change_own_settings
from support_chat.desk.models import User
from support_chat.desk.source import news_after
from tests.desk.people import House
from tests.desk.time_passes import agent_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana", password="x")


def test_a_language_and_keys_are_kept_and_what_is_not_named_stays(ana: User) -> None:
    change_own_settings(user=ana, language="de")
    change_own_settings(user=ana, keys={"close": "x", "note": ""})
    ana.refresh_from_db()
    assert (ana.language, ana.keys) == ("de", {"close": "x", "note": ""})
    change_own_settings(user=ana, language="", keys={})
    ana.refresh_from_db()
    assert (ana.language, ana.keys) == ("", {})


@pytest.mark.parametrize("language", ["fr", "de-AT", "tlh"])
def test_a_language_that_the_staffs_pages_do_not_speak_is_refused(ana: User, language: str) -> None:
    with pytest.raises(ValidationError, match="not spoken here"):
        change_own_settings(user=ana, language=language)


@pytest.mark.parametrize(
    "keys",
    [
        {"close": "ab"},
        {"close": " "},
        {"close": "\n"},
        {"": "a"},
        {"x" * 41: "a"},
        {"close": "x", "note": "x"},
        {f"a{n}": "" for n in range(MOST_KEYS + 1)},
    ],
)
def test_a_key_is_one_character_of_one_action(ana: User, keys: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="one character"):
        change_own_settings(user=ana, keys=keys)


def test_for_how_long_one_takes_back_is_one_choice_and_none_at_first(ana: User) -> None:
    assert ana.undo_send is None
    for seconds in (0, 5, LONGEST_UNDO):
        assert change_own_settings(user=ana, undo_send=seconds).undo_send == seconds
    change_own_settings(user=ana, language="de")
    ana.refresh_from_db()
    assert (ana.undo_send, ana.language) == (LONGEST_UNDO, "de")


@pytest.mark.parametrize("seconds", [-1, LONGEST_UNDO + 1])
def test_a_visitor_does_not_wait_longer_than_that_for_what_is_written(ana: User, seconds: int) -> None:
    with pytest.raises(ValidationError) as refused:
        change_own_settings(user=ana, undo_send=seconds)
    assert list(refused.value.message_dict) == ["undo_send"]
    ana.refresh_from_db()
    assert ana.undo_send is None


def test_colleagues_may_read_what_one_writes_until_one_does_not_want_it(ana: User) -> None:
    assert ana.share_drafts
    change_own_settings(user=ana, share_drafts=False)
    change_own_settings(user=ana, language="de")
    ana.refresh_from_db()
    assert not ana.share_drafts


def test_an_agents_other_windows_are_told_and_whoever_missed_it_reads_it_again(shop: House) -> None:
    staff = shop.staff("kim")
    agent = agent_of(staff)
    before = news_after(agent.topic, 0)[0].version
    change_own_settings(user=staff.user, undo_send=5, keys={"close": "x"})
    [news] = news_after(agent.topic, before)
    told = '{"event":"own_settings_changed","keys":{"close":"x"},"undo_send":5,"share_drafts":true}'
    assert (news.version, told in news.frames["staff"]) == (before + 1, True)

"""The steps of a queue's alerts: what they may be, and when each is due."""

from typing import Any

import pytest

from support_chat.desk.alerts import USUAL, InvalidAlerts, Step, alerts_of, is_due, place_of

SOUND = {"after": 60, "kind": "sound"}
MAIL = {"after": 300, "kind": "mail", "to": "sue@shop.example"}
HOOK = {"after": 120, "kind": "webhook", "to": "https://hooks.example/T0/secret"}


def test_without_a_word_a_sound_comes_after_a_minute_and_an_empty_list_is_none() -> None:
    assert alerts_of(None) == USUAL == (Step(after=60, kind="sound"),)
    assert alerts_of([]) == ()


def test_steps_stand_in_the_order_of_their_times() -> None:
    assert [step.kind for step in alerts_of([MAIL, SOUND, HOOK])] == ["sound", "webhook", "mail"]


@pytest.mark.parametrize(
    "value",
    [
        *("sound", {"after": 60}, [{"after": 60}], [{**SOUND, "after": -1}], [{**SOUND, "after": 90_000}]),
        *(
            [{**SOUND, "kind": "smoke"}],
            [{**SOUND, "loud": True}],
            [SOUND] * 7,
            [{**SOUND, "to": "a@b.example"}],
        ),
        *([{**MAIL, "to": ""}], [{**MAIL, "to": "sue"}], [{**MAIL, "to": "a@b.example,c@d.example"}]),
        *(
            [{**HOOK, "to": each}]
            for each in ("", "http://hooks.example/", "https://", "https://u:p@hooks.example/")
        ),
        *(
            [{**HOOK, "to": each}]
            for each in ("https://hooks.example:8443/", "https://hooks.example/a b", "ftp://a.example")
        ),
    ],
)
def test_what_is_no_step_is_refused(value: Any) -> None:
    with pytest.raises(InvalidAlerts):
        alerts_of(value)


def test_each_step_is_due_once_when_its_time_has_come() -> None:
    steps = alerts_of([SOUND, HOOK, MAIL])
    assert not is_due(steps, 0, 59.9, nobody=False)
    assert is_due(steps, 0, 60, nobody=False)
    assert not is_due(steps, 1, 60, nobody=False)
    assert is_due(steps, 1, 120, nobody=False)
    assert not is_due(steps, 3, 10_000, nobody=False)
    assert not is_due((), 0, 10_000, nobody=True)


def test_when_nobody_can_take_it_the_first_is_due_at_once_and_the_others_as_far_apart() -> None:
    steps = alerts_of([SOUND, HOOK])
    assert is_due(steps, 0, 0, nobody=True)
    assert not is_due(steps, 1, 59, nobody=True)
    assert is_due(steps, 1, 60, nobody=True)


def test_of_a_webhook_only_the_host_is_no_secret() -> None:
    assert place_of(str(HOOK["to"])) == "hooks.example"

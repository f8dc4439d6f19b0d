"""What stands in a reply for something of the chat is understood here as the console fills it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.variables import bare, is_variable, valid_variables, variables_in, was_said

TABLE: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "agents/variables.json").read_text(encoding="utf-8")
)["texts"]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["text"])
def test_names_are_read_out_of_a_text_and_what_stands_for_nothing_is_refused(case: dict[str, Any]) -> None:
    names = [each.name for each in variables_in(case["text"])]
    assert names == case["names"]
    wrong = case.get("wrong", [])
    assert [name for name in names if not is_variable(name)] == wrong
    if wrong:
        with pytest.raises(ValidationError) as refused:
            valid_variables(case["text"])
        assert len(refused.value.messages) == len(wrong)
    else:
        valid_variables(case["text"])


def test_a_text_is_about_what_is_said_in_every_chat() -> None:
    assert bare('Hi {{visitor.name|default:"there"}}, it is late.') == "Hi  , it is late."


def test_a_slip_of_the_pen_is_told_with_what_was_meant() -> None:
    with pytest.raises(ValidationError, match=r"{{visitor.frist_name}}.*Did you mean “visitor.first_name”"):
        valid_variables("Hello {{visitor.frist_name}}")


HELLO = 'Hi {{visitor.first_name|default:"there"}}, it is late. Yours, {{agent.name}}'


@pytest.mark.parametrize(
    ("text", "template", "holds"),
    [
        ("Hi Vera, it is late. Yours, Ana", HELLO, True),
        ("Hi there, it is late. Yours, Ana Costa", HELLO, True),
        ("Hi , it is late. Yours,", HELLO, False),  # its edge is gone
        ("Hi Vera, it is early. Yours, Ana", HELLO, False),
        ("Well: Hi Vera, it is late. Yours, Ana", HELLO, False),
        ("Hi Vera.\nI saw it, it is late. Yours, Ana", HELLO, False),
        (f"Hi {'Vera ' * 30}, it is late. Yours, Ana", HELLO, False),
        ("Hi Vera, it is late. Yours, Ana", "{{visitor.first_name}}", False),  # anything would be it
        ("A, b, c!", "{{visitor.name}}, {{agent.name}}, {{site.name}}!", True),
        ("A!", "{{visitor.first_name}}{{visitor.last_name}}!", True),
        ("It is late.", "It is late. ", True),
        ("It is late", "It is late.", False),
    ],
)
def test_a_reply_is_known_again_whatever_stands_in_its_places(text: str, template: str, holds: bool) -> None:
    assert was_said(template, {text}) is holds

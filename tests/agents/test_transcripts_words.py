"""The same table of cases is held against the console's words in tests/js/agents_transcript_words.test.js."""

import json
from pathlib import Path
from typing import Any

import pytest

from agents.transcripts.words import KINDS, UNKNOWN, line_of

CASES = json.loads(Path(__file__).with_name("transcript_words.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["line"] for case in CASES])
def test_a_transcript_says_what_the_console_shows(case: dict[str, Any]) -> None:
    line = line_of(case["kind"], role=case["author"]["role"], name=case["author"]["name"], body=case["body"])
    assert line == case["line"]


def test_every_kind_that_has_words_has_a_case() -> None:
    assert {case["kind"] for case in CASES} == KINDS


def test_a_kind_without_words_is_one_neutral_line() -> None:
    assert line_of("levitated", role="agent", name="Ana", body={}) == UNKNOWN

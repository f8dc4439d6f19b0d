"""`manage.py evaluate_replies`, with chats made up here."""

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

REPLIES = {"name": "Could you give me your name?", "late": "I am sorry it is late.", "bye": "Goodbye!"}
TYPED = {"name": "who", "late": "sorry", "bye": "thanks"}


def chat(number: int) -> dict[str, Any]:
    messages: list[dict[str, Any]] = []
    for name, text in REPLIES.items():
        messages += [
            {"at": 0, "from": "visitor", "text": f"before {name}"},
            {"at": 9, "from": "agent", "text": text, "canned": name, "typed": TYPED[name]},
        ]
    messages.append({"at": 20, "from": "agent", "text": "as typed", "canned": "custom", "typed": "as typed "})
    return {"id": number, "messages": messages}


def chats(path: Path, numbers: range) -> Path:
    lines = "".join(json.dumps(chat(number)) + "\n" for number in numbers)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


def evaluated(**files: Path) -> str:
    out = StringIO()
    call_command("evaluate_replies", stdout=out, **files)
    return out.getvalue()


def test_what_was_learnt_from_some_chats_is_measured_on_others(tmp_path: Path) -> None:
    train, test = chats(tmp_path / "train.jsonl.gz", range(20)), chats(tmp_path / "test.jsonl", range(20, 25))
    found = json.loads(evaluated(train=train, test=test))
    assert found["questions"] == 15
    assert found["left_out"] == 5  # what says just what was typed is no canned reply
    assert found["replies"] == 3
    for typing in ("with_typing", "without_typing"):
        assert found[typing] == {"R@1": 1.0, "R@3": 1.0, "R@5": 1.0, "MRR": 1.0}
    assert found["ms_a_question"] > 0


def test_a_catalogue_beside_the_chats_says_what_there_is_to_choose_from(tmp_path: Path) -> None:
    train = chats(tmp_path / "train.jsonl", range(5))
    more = {f"reply_{n}": f"Something else, number {n}." for n in range(7)}
    (tmp_path / "canned_replies.json").write_text(json.dumps({"task": REPLIES, "other": more}))
    assert json.loads(evaluated(train=train, test=train))["replies"] == 10


def test_five_folds_are_told_as_a_table_of_means_with_their_errors(tmp_path: Path) -> None:
    lines = evaluated(folds=chats(tmp_path / "chats.jsonl", range(40))).splitlines()
    assert lines[0] == "| | R@1 | R@3 | R@5 | MRR |"
    rows = {line.split("|")[1].strip(): line for line in lines[2:]}
    assert rows["everything typed"].startswith("| everything typed | 1.000 ± 0.000 |")
    assert {"nothing typed", "1 typed", "8 typed", "0 picks, typed: ours", "20 picks, typed: ours"} <= {*rows}


def test_files_that_are_missing_or_hold_no_chats_are_refused_in_words(tmp_path: Path) -> None:
    train = chats(tmp_path / "train.jsonl", range(2))
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("no chat\n")
    for files in (
        {"train": train, "test": tmp_path / "none"},
        {"train": train, "test": wrong},
        {"train": train},
    ):
        with pytest.raises(CommandError):
            evaluated(**files)

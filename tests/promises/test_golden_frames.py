"""The frames in fixtures/frames/ are read by Python and JavaScript alike: neither side drifts alone."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from support_chat.live.decoder import decode_envelope, decode_fields
from support_chat.live.frame import Frame
from support_chat.live.frames import AGENT_COMMANDS, VISITOR_COMMANDS
from support_chat.live.heard import STAFF_EVENTS, VISITOR_EVENTS

FRAMES = Path(__file__).parents[2] / "fixtures" / "frames"
COMMANDS: dict[str, Mapping[str, type[Frame]]] = {"visitor": VISITOR_COMMANDS, "agent": AGENT_COMMANDS}
EVENTS: dict[str, Mapping[str, tuple[str, ...]]] = {"visitor": VISITOR_EVENTS, "agent": STAFF_EVENTS}


def names(pattern: str) -> set[str]:
    return {path.name.removesuffix(".json") for path in FRAMES.glob(pattern)}


def golden(name: str) -> Any:
    return json.loads((FRAMES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("role", ["visitor", "agent"])
def test_every_command_and_every_event_has_its_golden_frame(role: str) -> None:
    assert names(f"{role}.command.*.json") == {f"{role}.command.{name}" for name in COMMANDS[role]}
    assert names(f"{role}.event.*.json") == {f"{role}.event.{name}" for name in EVENTS[role]}


@pytest.mark.parametrize("name", sorted(names("*.command.*.json")))
def test_the_decoder_takes_every_golden_command(name: str) -> None:
    role, _, command = name.split(".")
    pair = golden(name)
    envelope = decode_envelope(json.dumps(pair["ask"]))
    decode_fields(COMMANDS[role][envelope.do], envelope.raw)
    assert (envelope.do, pair["answer"]["re"]) == (command, envelope.id)


@pytest.mark.parametrize("name", sorted(names("*.event.*.json")))
def test_every_golden_event_has_the_fields_of_the_table_and_no_others(name: str) -> None:
    role, _, event = name.split(".")
    frame = golden(name)
    fields = EVENTS[role][frame.pop("event")]
    needed = {field for field in fields if not field.endswith("?")}
    assert golden(name)["event"] == event
    assert needed <= set(frame) <= {field.removesuffix("?") for field in fields}

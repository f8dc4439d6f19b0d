"""The protocol's AsyncAPI document is the code's own tables, and what is really said is as it says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from support_chat.asyncapi import KEPT, written
from support_chat.asyncapi.faces import FACES, Face
from support_chat.asyncapi.refused import all_refusals
from support_chat.live.close_codes import CloseCode
from support_chat.live.decoder import decode_envelope, decode_fields
from support_chat.live.live_socket import SUBPROTOCOL
from support_chat.live.refusals import Refused
from tests.live.documented import DOCUMENT, follow, validator, validator_of
from tests.promises.test_golden_frames import golden, names

SERVED = re.compile(r'"(/ws/[a-z]+)": (Visitor|Staff)Consumer')
ROOT = {"asyncapi", "info", "defaultContentType", "servers", "channels", "operations", "components"}
ODD = [None, "", "x" * 10_000, "é\n", " ", 0, -1, 101, 2**53, True, 1.5, [], ["x" * 65], ["x"] * 33, {"x": 1}]


def test_the_kept_document_is_what_the_code_says() -> None:
    assert KEPT.read_text(encoding="utf-8") == written(), "make it anew: python manage.py asyncapi"


def test_it_has_the_parts_of_asyncapi_3_and_no_others_but_extensions() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert {name for name in DOCUMENT if not name.startswith("x-")} == ROOT
    assert all(DOCUMENT["info"][name] for name in ("title", "version"))
    for channel in DOCUMENT["channels"].values():
        assert channel.keys() == {"address", "description", "servers", "messages", "bindings"}
        offered = channel["bindings"]["ws"]["headers"]["properties"]
        assert offered == {"Sec-WebSocket-Protocol": {"const": SUBPROTOCOL}}


def test_its_addresses_are_those_that_are_served() -> None:
    wiring = (Path(__file__).parents[2] / "support_chat/asgi.py").read_text(encoding="utf-8")
    served = {consumer.lower(): address for address, consumer in SERVED.findall(wiring)}
    assert {face.who: face.address for face in FACES} == served
    assert {name: each["address"] for name, each in DOCUMENT["channels"].items()} == {
        face.name: face.address for face in FACES
    }


def test_every_reference_leads_somewhere_and_every_schema_is_one() -> None:
    assert [each for each in references(DOCUMENT) if not follow(each)] == []
    for schema in DOCUMENT["components"]["schemas"].values():
        jsonschema.Draft7Validator.check_schema(schema)
    for message in DOCUMENT["components"]["messages"].values():
        jsonschema.Draft7Validator.check_schema(message["payload"])


def test_every_schema_and_every_message_is_used() -> None:
    used = set(references(DOCUMENT))
    kept = {f"#/components/{kind}/{name}" for kind, named in DOCUMENT["components"].items() for name in named}
    assert kept <= used


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_every_command_and_every_event_is_an_operation_on_its_channel(face: Face) -> None:
    done = {
        name.partition(".")[2]: each
        for name, each in DOCUMENT["operations"].items()
        if name.startswith(f"{face.name}.")
    }
    asked = {name for name, each in done.items() if each["action"] == "receive"}
    assert asked == set(face.commands) == set(face.replies)
    assert done.keys() - asked == {*face.events, "refused"}
    channel = f"#/channels/{face.name}"
    for each in done.values():
        messages = [*each["messages"], *each.get("reply", {}).get("messages", ())]
        assert each["channel"] == {"$ref": channel}
        assert all(message["$ref"].startswith(f"{channel}/messages/") for message in messages)


def test_every_error_and_every_close_code_is_in_it() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    told = {
        parts["code"]["const"]: (parts["message"]["const"], parts["retry"]["const"])
        for name, each in schemas.items()
        if name.startswith("error.")
        for parts in [each["properties"]]
    }
    assert told == {kind.code: (kind.message, kind.retry) for kind in all_refusals()}
    assert [each["code"] for each in DOCUMENT["x-close-codes"]] == list(CloseCode)


@pytest.mark.parametrize("name", sorted(names("*.command.*.json")))
def test_what_the_decoder_refuses_the_document_refuses_and_nothing_else(name: str) -> None:
    role, _, command = name.split(".")
    face = next(face for face in FACES if face.name == role)
    ask, document = golden(name)["ask"], validator(f"{role}.{command}")
    assert document.is_valid(ask)
    differ = [
        fields
        for fields in spoiled(ask["with"], face.commands[command].__struct_fields__)
        if document.is_valid({**ask, "with": fields}) != is_taken(face, {**ask, "with": fields})
    ]
    assert differ == []


@pytest.mark.parametrize("name", sorted(names("*.event.*.json")))
def test_every_golden_event_is_as_the_document_says_and_holds_nothing_else(name: str) -> None:
    role, _, event = name.split(".")
    validator(f"{role}.{event}", closed=True).validate(golden(name))


@pytest.mark.parametrize("name", sorted(names("*.command.*.json")))
def test_every_golden_answer_is_as_the_document_says_and_holds_nothing_else(name: str) -> None:
    role, _, command = name.split(".")
    document = validator(f"{role}.{command}.ok", closed=True)
    answer = golden(name)["answer"]
    document.validate(answer)
    assert not document.is_valid({**answer, "ok": {**answer["ok"], "unheard_of": 1}})


@pytest.mark.parametrize("name", sorted(names("error.*.json")))
def test_every_golden_error_is_as_the_document_says_and_holds_nothing_else(name: str) -> None:
    error = golden(name)["error"]
    document = validator_of(f"error.{error['code']}")
    document.validate(error)
    assert not document.is_valid({**error, "message": "Other words."})


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


def spoiled(fields: dict[str, Any], known: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The fields with one of them left out, unknown, or odd."""
    yield {**fields, "unheard_of": 1}
    for name in fields:
        yield {key: value for key, value in fields.items() if key != name}
    for name in known:
        for value in (*ODD, *({inner: odd} for inner in ("state", "owner") for odd in ODD)):
            yield {**fields, name: value}


def is_taken(face: Face, ask: dict[str, Any]) -> bool:
    try:
        envelope = decode_envelope(json.dumps(ask))
        decode_fields(face.commands[envelope.do], envelope.raw)
    except Refused:
        return False
    return True

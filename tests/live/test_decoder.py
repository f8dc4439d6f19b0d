"""The strict decoder: what is not exactly a frame of the protocol is refused by name, never repeated."""

import json
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_chat.live.decoder import MAX_FRAME_BYTES, decode_envelope, decode_fields, number_of
from support_chat.live.frames import (
    AGENT_COMMANDS,
    VISITOR_COMMANDS,
    CloseConversation,
    Frame,
    Page,
    PostMessage,
    Resume,
    StaffTyping,
    VisitorHello,
)
from support_chat.live.order_frames import ListConversations
from support_chat.live.refusals import BadField, BadFrame, Refused, TooBig
from support_chat.live.team_frames import SetStatus

FRAMES = {*VISITOR_COMMANDS.values(), *AGENT_COMMANDS.values()}
NAMES = {"with", *(name for frame in FRAMES for name in frame.__struct_fields__)}
ID = "0b0f3a70-8f9c-4c1e-9b46-0a8f6f1f0a11"


def fields(body: Any = "hi", **more: Any) -> bytes:
    return json.dumps({"conversation": "abc", "client_id": ID, "body": body, **more}).encode()


def refused_field(frame: type[Frame], raw: bytes) -> object:
    with pytest.raises(BadField) as refusal:
        decode_fields(frame, raw)
    return refusal.value.details["field"]


def test_a_frame_is_its_number_its_name_and_its_fields() -> None:
    envelope = decode_envelope('{"id": 7, "do": "post_message", "with": ' + fields().decode() + "}")
    assert (envelope.id, envelope.do) == (7, "post_message")
    assert decode_fields(PostMessage, envelope.raw) == PostMessage(
        conversation="abc", client_id=ID, body="hi"
    )


def test_a_command_without_fields_needs_no_with() -> None:
    assert bytes(decode_envelope('{"id":1,"do":"beat"}').raw) == b"{}"


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "null",
        "7",
        "[]",
        "{}",
        '"text"',
        "not json",
        '{"id":1}',
        '{"do":"beat"}',
        '{"id":1,"do":"beat",}',
        '{"id":1,"do":"beat","more":1}',
        '{"id":"1","do":"beat"}',
        '{"id":1.0,"do":"beat"}',
        '{"id":-1,"do":"beat"}',
        '{"id":9007199254740992,"do":"beat"}',
        '{"id":1180591620717411303424,"do":"beat"}',
        '{"id":' + "9" * 5000 + ',"do":"beat"}',
        '{"id":1,"do":["beat"]}',
        '{"id":1,"do":null}',
        '{"id":1,"do":"' + "x" * 10_000 + '"}',
        '{"id":NaN,"do":"beat"}',
        '{"id":1,"do":"beat","with":{"x":NaN}}',
        '{"id":1,"do":"beat","with":{"x":Infinity}}',
        '{"id":1,"do":"beat","with":{"x":"\\ud800"}}',
        "\ud800",
        '{"id":1,"do":"beat","with":{"x":"\x00"}}',
        '{"id":1,"do":"beat"} {"id":2,"do":"beat"}',
        "\ufeff{}",
        b'{"id":1,"do":"beat","with":{"x":"\xff"}}',
    ],
)
def test_what_is_no_frame_is_refused(frame: str | bytes) -> None:
    with pytest.raises(BadFrame):
        decode_envelope(frame)


def test_a_frame_too_big_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooBig):
        decode_envelope("[" * (MAX_FRAME_BYTES + 1))
    with pytest.raises(TooBig):
        decode_envelope("é" * (MAX_FRAME_BYTES // 2 + 1))


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_nesting_beyond_20_is_refused_at_once(opening: str) -> None:
    started = time.process_time()
    frame = '{"id":3,"do":"beat","with":' + opening * (100_000 // len(opening))
    with pytest.raises(BadFrame):
        decode_envelope(frame)
    assert number_of(frame) == 3
    assert time.process_time() - started < 0.05


def test_brackets_in_a_text_are_no_nesting() -> None:
    body = '[{"' * 1_000
    envelope = decode_envelope('{"id":1,"do":"post_message","with":' + fields(body).decode() + "}")
    assert getattr(decode_fields(PostMessage, envelope.raw), "body", "") == body


def test_a_hundred_thousand_keys_are_refused_at_once() -> None:
    started = time.process_time()
    keys = ",".join(f'"k{n}":1' for n in range(9_000))
    assert refused_field(PostMessage, b"{" + keys.encode() + b"}") == "k0"
    assert time.process_time() - started < 0.05


def test_the_number_of_a_refused_frame_is_found_where_there_is_one() -> None:
    assert number_of('{"id":9,"do":5}') == 9
    assert number_of('{"id": 9, "do": "x", "with": {"a": "\\ud800"}}') == 9
    assert number_of('{"do":"x"}') is None
    assert number_of("\ud800") is None


@pytest.mark.parametrize("body", ["", " ", "\n\t ", "\u2003", 5, [], "x" * 8_001, "nul \x00 here", True])
def test_a_body_that_says_nothing_or_cannot_be_kept_is_refused_by_name(body: Any) -> None:
    assert refused_field(PostMessage, fields(body)) == "body"


@pytest.mark.parametrize(
    "body", ["x" * 8_000, "😀" * 8_000, "  edges \n", "\\u0000", "\u202e", "\u200d", "<b>"]
)
def test_a_body_is_kept_byte_for_byte(body: str) -> None:
    assert getattr(decode_fields(PostMessage, fields(body)), "body", "") == body
    assert len(body.encode()) <= 32 * 1024


@pytest.mark.parametrize(
    ("frame", "raw", "field"),
    [
        (PostMessage, b"null", "with"),
        (PostMessage, b"[]", "with"),
        (PostMessage, b"{}", "conversation"),
        (PostMessage, fields(mood="x"), "mood"),
        (PostMessage, fields(__class__=1), "with"),
        (PostMessage, fields(**{"X`y": 1}), "with"),
        (PostMessage, fields(**{"a" * 10_000: 1}), "with"),
        (PostMessage, fields(conversation="no such id!"), "conversation"),
        (PostMessage, fields(conversation="abc\n"), "conversation"),
        (PostMessage, fields(client_id=ID.upper()), "client_id"),
        (PostMessage, fields(client_id="7"), "client_id"),
        (Page, b'{"conversation":"a","before":1,"limit":101}', "limit"),
        (Page, b'{"conversation":"a","before":1,"limit":0}', "limit"),
        (Page, b'{"conversation":"a","before":0}', "before"),
        (Page, b'{"conversation":"a","before":true}', "before"),
        (Resume, b'{"conversation":"a","after":9007199254740992}', "after"),
        (Resume, b'{"conversation":"a","after":-1}', "after"),
        (SetStatus, b'{"status":"gone"}', "status"),
        (SetStatus, b'{"status":"away","until":0}', "until"),
        (StaffTyping, b'{"conversation":"a","typing":true}', "mode"),
        (
            CloseConversation,
            b'{"conversation":"a","client_id":"%s","expect":{"state":"x"}}' % ID.encode(),
            "expect",
        ),
        (
            CloseConversation,
            b'{"conversation":"a","client_id":"%s","expect":{"owner":"\\u0000"}}' % ID.encode(),
            "expect",
        ),
        (VisitorHello, b'{"site":"s","features":["\\u0000"]}', "features"),
        (
            ListConversations,
            b'{"which":{"rules":{"groups":[{"conditions":[{"field":"tag","value":"\\u0000"}]}]}}}',
            "value",
        ),
        (VisitorHello, b'{"site":"s","features":[1]}', "features"),
        (VisitorHello, b'{"site":"s","page":"\\u0000"}', "page"),
    ],
)
def test_a_field_that_is_not_valid_is_named(frame: type[Frame], raw: bytes, field: str) -> None:
    assert refused_field(frame, raw) == field


def test_an_optional_field_that_is_null_counts_as_absent() -> None:
    assert decode_fields(VisitorHello, b'{"site":"s","token":null}') == VisitorHello(site="s")


def test_what_one_expects_tells_nobody_from_nothing() -> None:
    nobody = decode_fields(
        CloseConversation, b'{"conversation":"a","client_id":"%s","expect":{"owner":null}}' % ID.encode()
    )
    nothing = decode_fields(
        CloseConversation, b'{"conversation":"a","client_id":"%s","expect":{}}' % ID.encode()
    )
    assert nobody != nothing


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.integers()
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_value_is_answered_with_more_than_fixed_words(value: object) -> None:
    raw = json.dumps(value).encode()
    for frame in FRAMES:
        error = refusal_of(frame, raw)
        assert error.pop("field", "with") in NAMES | own_names(value)
        assert error.pop("code", "bad_field") in {"bad_field", "bad_frame"}
        assert error.pop("message", BadField.message) in {BadField.message, BadFrame.message}
        assert error.pop("retry", False) is False
        assert error == {}


def refusal_of(frame: type[Frame], raw: bytes) -> dict[str, object]:
    """The error that this is answered with; nothing if it is valid."""
    try:
        decode_fields(frame, raw)
    except Refused as refusal:
        return dict(refusal.as_error())
    return {}


def own_names(value: object) -> set[str]:
    """Names of fields as we would give them, which may be named even if they are unknown."""
    return (
        {key for key in value if re.fullmatch("[a-z][a-z0-9_]{0,39}", key)}
        if isinstance(value, dict)
        else set()
    )


@given(st.text() | st.binary())
def test_no_bytes_raise_anything_but_a_refusal(frame: str | bytes) -> None:
    with pytest.raises(Refused):
        decode_envelope(frame)
    number_of(frame)

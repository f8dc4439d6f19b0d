"""Replies go out and come in as CSV and JSON; Chatwoot's come in."""

import json
from collections.abc import Callable

import pytest

from agents.library.formats import BYTES, Unreadable, as_csv, as_json, decoded, read
from support_chat.desk.models import CannedReply, Queue

REPLIES = [
    CannedReply(shortcut="late", title='A "late" one', text="=1+1\nSorry, it is late;\n'so", folder="Orders"),
    CannedReply(shortcut="hi", title="Hi", text="Grüße\r\n{{agent.name}}", locale="de", owner_id=1),
    CannedReply(shortcut="q", title="Queue", text="x", queue=Queue(name="-Returns")),
]


@pytest.mark.parametrize("write", [as_csv, as_json])
def test_what_goes_out_comes_in_again_as_it_was(write: Callable[[list[CannedReply]], str]) -> None:
    rows = [dict(row.values) for row in read(decoded(write(REPLIES).encode()))]
    blank = {"folder": "", "language": "", "queue": "", "personal": ""}
    assert rows == [
        {**blank, "shortcut": "late", "title": 'A "late" one', "text": REPLIES[0].text, "folder": "Orders"},
        {
            **blank,
            "shortcut": "hi",
            "title": "Hi",
            "text": REPLIES[1].text,
            "language": "de",
            "personal": "yes",
        },
        {**blank, "shortcut": "q", "title": "Queue", "text": "x", "queue": "-Returns"},
    ]


def test_no_cell_of_the_table_is_a_formula() -> None:
    told = as_csv(REPLIES)
    assert "'=1+1" in told
    assert "'-Returns" in told


def test_chatwoots_responses_are_read_with_their_variables_under_our_names() -> None:
    rows = [
        {
            "id": 1,
            "short_code": "/hello there",
            "content": "Hi {{contact.first_name}}, I am {{ agent.name }}.",
        },
        {"id": 2, "short_code": "thank_you", "content": "{{contact.custom_attribute.plan | default: 'x'}}"},
        {"id": 3, "short_code": "odd", "content": "{{contact.shoe_size}}", "account_id": 7},
    ]
    wanted = [
        ("hello-there", "Hello there", "Hi {{visitor.first_name}}, I am {{agent.name}}."),
        ("thank_you", "Thank you", "{{visitor.attributes.plan| default: 'x'}}"),
        ("odd", "Odd", "{{contact.shoe_size}}"),
    ]
    for text in (json.dumps(rows), json.dumps({"payload": rows})):
        told = [(each.values["shortcut"], each.values["title"], each.values["text"]) for each in read(text)]
        assert told == wanted
    table = 'short_code,content\r\nthank_you,"Thank you,\n{{contact.name}}"\r\n'
    assert [(row.where, row.values["text"]) for row in read(table)] == [
        ("Line 2", "Thank you,\n{{visitor.name}}")
    ]


def test_rows_are_named_by_the_line_in_which_they_begin() -> None:
    table = '\ufeffshortcut;text\n"a";"one\ntwo"\n\nb;three\n'
    assert [row.where for row in read(decoded(table.encode()))] == ["Line 2", "Line 5"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "first line"),
        (b"name,words\na,b\n", "first line"),
        (b"shortcut,text\n", "no reply"),
        (b'shortcut,text\na,"b\n', "as CSV is written"),
        (b"{nothing", "no JSON"),
        (b'{"replies": 3}', "no list"),
        (b"[" * 100_000, "no JSON"),
        ("shortcut,text\na,ü".encode("latin-1"), "UTF-8"),
        (b"a" * (BYTES + 1), "larger"),
    ],
    ids=str,
)
def test_what_is_no_list_of_replies_is_told_in_words(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(decoded(data))


def test_a_reply_that_is_none_is_a_row_without_values() -> None:
    assert [dict(row.values) for row in read("[3, null]")] == [{}, {}]

"""Whatever names and messages hold, what was written out is read back as it was."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.transcripts.formats import FORMATS, INDENT, as_json_line, as_text, document
from agents.transcripts.table import COLUMNS, guarded, unguarded
from agents.transcripts.transcript import Line, Transcript
from agents.transcripts.words import name_of, safe_name

AT = datetime(2026, 11, 22, 10, 15, 30, 123000, timezone(timedelta(hours=1)))
NASTY = [
    "\n[2026-11-22 10:15:30 +01:00] Agent Ana:\n    You get it all back.",
    "\r\n.\r\n",
    "\u2028Chat with Eve\u2029",
    "\nFrom: x\n",
    "a\r",
    "\n",
    "\x85\x0b\x0c\x1c\x1d\x1e",
    "<script>alert(1)</script>\n<!-- ",
    "=1+1,\"';\t|",
    "--boundary\n\n",
    " edge ",
    "* Ana closed the chat",
]
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.lists(st.sampled_from(NASTY)).map("".join))
names = st.one_of(st.sampled_from(NASTY), st.text(max_size=20))


def line_from(kind: str, role: str, name: str, text: str) -> Line:
    return Line(position=1, kind=kind, role=role, name=name_of(role, name), at=AT, text=text)


lines = st.builds(
    line_from,
    st.sampled_from(["message", "note", "closed", "assigned"]),
    st.sampled_from(["visitor", "agent", "bot", "system"]),
    names,
    texts,
)


def transcript_of(visitor: str, said: list[Line]) -> Transcript:
    numbered = tuple(replace(line, position=number) for number, line in enumerate(said, 1))
    return Transcript(
        id="id",
        site="Shop",
        queue="Orders",
        visitor=safe_name(visitor),
        agent=None,
        opened_at=AT,
        closed_at=AT,
        zone="Europe/Berlin",
        lines=numbered,
    )


transcripts = st.builds(transcript_of, names, st.lists(lines, max_size=5))


@dataclass
class Block:
    """A block as a reader of the text finds it."""

    head: str
    text: str = ""


@dataclass
class Chat:
    title: str
    facts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def parse(text: str) -> list[Chat]:
    """Reads what as_text writes, knowing only: what was said is indented, and nothing else is."""
    chats: list[Chat] = []
    for line in text.splitlines(keepends=True):
        if line.startswith(INDENT):
            chats[-1].blocks[-1].text += line.removeprefix(INDENT)
        elif line.startswith("["):
            chats[-1].blocks.append(block_from(line))
        elif line.startswith("Chat with "):
            chats.append(Chat(line.removesuffix("\n")))
        elif line != "\n":
            chats[-1].facts.append(line.removesuffix("\n"))
    return chats


def block_from(line: str) -> Block:
    at, _, rest = line.partition("] ")
    if rest.startswith("* "):
        return Block(f"{at}] *", rest.removeprefix("* "))
    return Block(line.removesuffix("\n"))


def expected(transcript: Transcript) -> Iterator[Block]:
    who = {"visitor": "Visitor", "agent": "Agent", "bot": "Bot", "system": "System"}
    for line in transcript.lines:
        at = "[2026-11-22 10:15:30 +01:00]"
        if line.kind == "note":
            yield Block(f"{at} Note by {line.name}:", line.text + "\n")
        elif line.kind == "message":
            yield Block(f"{at} {who[line.role]} {line.name}:", line.text + "\n")
        else:
            yield Block(f"{at} *", line.text + "\n")


@given(st.lists(transcripts, min_size=1, max_size=3))
def test_a_text_file_has_exactly_the_chats_and_blocks_that_were_written(written: list[Transcript]) -> None:
    found = parse("".join(map(as_text, written)))
    assert [chat.title for chat in found] == [f"Chat with {each.visitor}" for each in written]
    assert [chat.blocks for chat in found] == [list(expected(each)) for each in written]
    assert all(len(chat.facts) == 6 for chat in found)


@given(st.lists(transcripts, min_size=1, max_size=3))
def test_a_jsonl_file_has_one_line_a_chat_and_every_text_as_it_was(written: list[Transcript]) -> None:
    file = "".join(map(as_json_line, written))
    assert [json.loads(line) for line in file.splitlines()] == [document(each) for each in written]


@given(transcripts)
def test_json_holds_every_line_with_author_and_time(written: Transcript) -> None:
    found = json.loads(FORMATS["json"].one(written))
    assert [line["text"] for line in found["lines"]] == [line.text for line in written.lines]
    assert [line["author"]["name"] for line in found["lines"]] == [line.name for line in written.lines]
    assert {line["at"] for line in found["lines"]} <= {"2026-11-22T10:15:30.123+01:00"}


def test_a_text_reads_as_people_write_them() -> None:
    said = line_from("message", "visitor", "Amber Otter", " Where is\nmy order? ")
    closed = line_from("closed", "agent", "Ana Lima", "Ana Lima closed the chat")
    assert as_text(transcript_of("Amber Otter", [said, closed])) == (
        "Chat with Amber Otter\n"
        "Site: Shop\n"
        "Queue: Orders\n"
        "Began: 2026-11-22 10:15:30 +01:00\n"
        "Closed: 2026-11-22 10:15:30 +01:00\n"
        "Times: Europe/Berlin\n"
        "Id: id\n"
        "\n"
        "[2026-11-22 10:15:30 +01:00] Visitor Amber Otter:\n"
        "     Where is\n"
        "    my order? \n"
        "[2026-11-22 10:15:30 +01:00] * Ana Lima closed the chat\n"
        "\n"
    )


@pytest.mark.parametrize("breaker", ["\x85", "\u2028", "\u2029"])
def test_no_line_of_json_breaks_for_a_reader_that_breaks_at(breaker: str) -> None:
    said = line_from("message", "visitor", "Amber Otter", f"a{breaker}b")
    assert len(as_json_line(transcript_of("Amber Otter", [said])).splitlines()) == 1


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\0=1",
    " =1",
    '"=1',
    "a\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
]


def rows_of(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file, newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_might_calculate_is_marked(text: str) -> None:
    said = line_from("message", "visitor", text, text)
    (row,) = rows_of(FORMATS["csv"].head + FORMATS["csv"].one(transcript_of("Amber Otter", [said])))
    assert not any(re.match(r"[\s\0\"]*[=+\-@＝＋－＠]", line) for line in row["text"].splitlines())
    assert unguarded(row["text"]) == text


@given(texts)
def test_no_line_of_a_cell_begins_a_formula_and_the_text_comes_back(text: str) -> None:
    assert not any(re.match(r"[\s\0\"]*[=+\-@＝＋－＠]", line) for line in guarded(text).splitlines())
    assert unguarded(guarded(text)) == text


@given(st.lists(transcripts, min_size=1, max_size=3))
def test_a_csv_file_has_a_row_for_every_line_and_no_other(written: list[Transcript]) -> None:
    csv_format = FORMATS["csv"]
    rows = rows_of(csv_format.head + "".join(map(csv_format.one, written)))
    lines = [line for each in written for line in each.lines]
    assert [unguarded(row["text"]) for row in rows] == [line.text for line in lines]
    assert [unguarded(row["name"]) for row in rows] == [line.name for line in lines]
    assert all(tuple(row) == COLUMNS for row in rows)


class Reader(HTMLParser):
    """What a browser makes of the page: its elements, and the texts of messages and lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag in {"pre", "span"}:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in {"pre", "span"}:
            self.texts[-1] += data


@given(st.lists(transcripts, min_size=1, max_size=3))
def test_a_page_holds_every_text_as_text_and_no_element_of_its_own(written: list[Transcript]) -> None:
    html = FORMATS["html"]
    reader = Reader()
    reader.feed(html.head + "".join(map(html.one, written)) + html.tail)
    reader.close()
    lines = [line for each in written for line in each.lines]
    wanted = [("\n" if line.said else "") + line.text.replace("\0", "\ufffd") for line in lines]
    assert reader.texts == wanted
    assert {tag for tag, _ in reader.elements} <= ELEMENTS
    assert sum(tag == "li" for tag, _ in reader.elements) == len(lines)
    assert {name for _, attributes in reader.elements for name in attributes} <= ATTRIBUTES


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "article", "h1", "dl", "dt", "dd", "ol", "li"),
    *("time", "strong", "span", "pre"),
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "datetime", "dir"}


def test_a_page_forbids_itself_every_script_and_every_address() -> None:
    assert "default-src 'none'; style-src 'unsafe-inline'" in FORMATS["html"].head

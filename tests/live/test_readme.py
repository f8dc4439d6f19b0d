"""The README of the wire is complete and true: its tables are compared with the code."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import pytest
from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields

from support_chat.asyncapi.entries import StaffBody
from support_chat.asyncapi.shapes import AgentCard, Row
from support_chat.desk import errors, events
from support_chat.desk.audiences import SHOWN, STAFF_ONLY
from support_chat.desk.source import STEPS
from support_chat.live import fields as fields_of_commands
from support_chat.live import frames, order_frames, refusals, team_frames
from support_chat.live.close_codes import CloseCode
from support_chat.live.fallback import events as stream
from support_chat.live.fallback.replies import STATUS
from support_chat.live.frame import Frame
from support_chat.live.frames import AGENT_COMMANDS, VISITOR_COMMANDS
from support_chat.live.heard import STAFF_EVENTS, VISITOR_EVENTS
from support_chat.live.refusals import Refused

ROOT = Path(__file__).parents[2]
README = (ROOT / "support_chat/live/README.md").read_text()
TYPES = {
    "id": fields_of_commands.PublicId,
    "ids": fields_of_commands.PublicIds,
    "files": fields_of_commands.Files,
    "uuid": fields_of_commands.ClientId,
    "body": fields_of_commands.Body,
    "line": fields_of_commands.Line,
    "short": fields_of_commands.Short,
    "typed": fields_of_commands.Typed,
    "form": frames.Form,
    "preview": fields_of_commands.Preview,
    "begun": fields_of_commands.Begun,
    "tag": fields_of_commands.Tag,
    "tags": fields_of_commands.Tags,
    "zone": fields_of_commands.Zone,
    "cursor": fields_of_commands.Cursor,
    "view": fields_of_commands.View,
    "rules": order_frames.Rules,
    "which": order_frames.Which,
    "deed": order_frames.Deed,
    "name": fields_of_commands.Name,
    "token": fields_of_commands.Token,
    "identity": fields_of_commands.Identity,
    "attributes": fields_of_commands.Attributes,
    "address": fields_of_commands.Address,
    "locale": fields_of_commands.Locale,
    "word": fields_of_commands.Word,
    "email": fields_of_commands.Email,
    "words": fields_of_commands.Features,
    "topic": fields_of_commands.Topic,
    "mark": fields_of_commands.Mark,
    "count": fields_of_commands.Count,
    "place": fields_of_commands.Place,
    "limit": fields_of_commands.Limit,
    "seconds": fields_of_commands.Seconds,
    "flag": bool,
    "link": frames.ChatLink,
    "score": fields_of_commands.Score,
    "comment": fields_of_commands.Comment,
    "reason": fields_of_commands.Reason,
    "mode": get_type_hints(frames.StaffTyping)["mode"],
    "priority": get_type_hints(frames.SetPriority)["priority"],
    "status": get_type_hints(team_frames.SetStatus)["status"],
    "chats": fields_of_commands.Chats,
    "cause": fields_of_commands.StatusCause,
    "expect": frames.Expect,
    "blocker": fields_of_commands.BlockedBy,
    "lasting": fields_of_commands.BlockLasts,
}


def table(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    section = README.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def rows_for(rows: list[list[str]], who: str) -> dict[str, list[str]]:
    """By name, the rows that concern `who`."""
    return {names(row[0])[0]: row for row in rows if row[1] in {who, "both"}}


def described(cell: str) -> dict[str, str]:
    """Fields as the table tells them: name, with ? if it may be left out, and type."""
    return dict(re.findall(r"`(\w+\??)` (\w+)", cell))


def declared(frame: type[Frame]) -> dict[str, str]:
    """Fields as the code has them, in the table's words."""
    hints = get_type_hints(frame, include_extras=True)
    required = {
        field.name: field.default is NODEFAULT and field.default_factory is NODEFAULT
        for field in fields(frame)
    }
    return {name + "?" * (not required[name]): type_name(hints[name]) for name in frame.__struct_fields__}


def type_name(hint: Any) -> str:
    choices = {hint, *(get_args(hint) if get_origin(hint) is not Annotated else ())}
    return next(name for name, known in TYPES.items() if known in choices)


@pytest.mark.parametrize(("who", "commands"), [("visitor", VISITOR_COMMANDS), ("staff", AGENT_COMMANDS)])
def test_every_command_is_told_with_its_fields(who: str, commands: Mapping[str, type[Frame]]) -> None:
    rows = rows_for(table("Commands"), who)
    assert {name: described(row[3]) for name, row in rows.items()} == {
        name: declared(frame) for name, frame in commands.items()
    }


def test_every_error_that_a_command_names_is_told() -> None:
    told = {names(row[0])[0] for row in table("Error codes")}
    assert {code for row in table("Commands") for code in names(row[6])} <= told


def test_every_type_is_told_with_its_bounds() -> None:
    rows = {row[0]: row[1] for row in table("Types")}
    assert rows.keys() == TYPES.keys()
    for name, known in TYPES.items():
        assert [bound for bound in bounds(known) if bound not in rows[name]] == [], name


def bounds(known: Any) -> Iterator[str]:
    """What the type's row has to mention."""
    if get_origin(known) is Literal:
        yield from (f"`{choice}`" for choice in get_args(known))
    for meta in getattr(known, "__metadata__", ()):
        assert isinstance(meta, Meta)
        for bound in (meta.min_length, meta.max_length, meta.ge, meta.le):
            if bound is not None:
                yield f"{bound:,}"


@pytest.mark.parametrize(("who", "told"), [("visitor", VISITOR_EVENTS), ("staff", STAFF_EVENTS)])
def test_every_event_is_told_with_its_fields(who: str, told: Mapping[str, tuple[str, ...]]) -> None:
    rows = rows_for(table("Events"), who)
    assert {name: tuple(names(row[2])) for name, row in rows.items()} == told


def test_the_desk_tells_these_events_and_no_others() -> None:
    made = {
        event.__struct_config__.tag: set(event.__struct_fields__) for event in events.Event.__subclasses__()
    }
    told: dict[str, set[str]] = {}
    for name, parts in (*VISITOR_EVENTS.items(), *STAFF_EVENTS.items()):
        told.setdefault(name, set()).update(part.rstrip("?") for part in parts)
    assert made == told


def test_every_kind_of_entry_is_told_with_who_sees_it_and_what_it_holds() -> None:
    rows = table("Entries")
    told = {
        row[1]: {kind for other in rows if other[1] == row[1] for kind in names(other[0])} for row in rows
    }
    assert told == {"both": set(SHOWN), "staff": set(STAFF_ONLY)}
    words = {name for row in rows for name in names(row[2])}
    assert {field.encode_name for field in fields(StaffBody)} <= words


@pytest.mark.parametrize(("of", "shape"), [("row", Row), ("card", AgentCard)])
def test_every_field_of_a_row_and_of_a_card_is_told(of: str, shape: type[Struct]) -> None:
    told = [name for row in table("Rows and cards") if row[1] == of for name in names(row[0])]
    assert sorted(told) == sorted(shape.__struct_fields__)


def refused(kind: type[Refused]) -> Iterator[type[Refused]]:
    for subclass in kind.__subclasses__():
        if subclass.__module__ in {refusals.__name__, errors.__name__}:
            yield subclass
            yield from refused(subclass)


def test_every_error_code_is_told_with_its_words_and_whether_to_retry() -> None:
    told = {names(row[0])[0]: (row[1], row[2] == "yes") for row in table("Error codes")}
    assert told == {kind.code: (kind.message, kind.retry) for kind in refused(Refused)}


def test_every_close_code_is_told() -> None:
    assert [int(row[0]) for row in table("Close codes")] == [code.value for code in CloseCode]


def test_every_status_is_told_with_what_it_is_refused_by() -> None:
    told = {int(row[0]): set(names(row[1])) for row in table("When WebSockets are blocked")}
    by_method_and_kind = {405, 415}
    assert told.keys() == {*STATUS.values(), *by_method_and_kind}
    for refusal, status in STATUS.items():
        assert refusal.code in told[status]


def test_the_figures_of_the_fallback_are_those_of_the_code() -> None:
    section = README.partition("## When WebSockets are blocked\n")[2].partition("\n## ")[0]
    assert f"at most {stream.MOST_TOPICS} topics" in section
    assert f"Every {stream.HEADS_EVERY:.0f} s" in section
    assert f"after {stream.LASTS / 60:.0f} minutes" in section
    assert f"gone {stream.LINGER:.0f} s after" in section
    assert f"more than {STEPS} entries" in section


def test_the_tests_that_show_the_guarantees_exist() -> None:
    shown = re.findall(r"tests/[a-z_/]+\.py", README)
    assert shown
    assert [path for path in shown if not (ROOT / path).is_file()] == []


def test_every_file_is_told() -> None:
    section = README.partition("## The code\n")[2]
    folders = ("support_chat/live", "support_chat/live/fallback")
    files = {path.name for folder in folders for path in (ROOT / folder).glob("*.py")} - {"__init__.py"}
    assert files == set(re.findall(r"[a-z_]+\.py", section))

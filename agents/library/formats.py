"""Canned replies as files: our own CSV and JSON, written and read, and Chatwoot's, read."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext

from agents.library.chatwoot import is_chatwoot, translated
from agents.transcripts.table import guarded, unguarded
from support_chat.desk.models import CannedReply

COLUMNS: Final = ("shortcut", "title", "text", "folder", "language", "queue", "personal")
FORMAT: Final = "support-chat/canned-replies"
BYTES: Final = 512 * 1024
_YES: Final = ("1", "true", "yes", "ja", "x")


class Unreadable(ValueError):
    """Nothing of this file can be read; in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """`where` it stands, in words, and the same `within` a sentence."""

    where: str
    within: str
    values: Mapping[str, str]


def as_csv(replies: Iterable[CannedReply]) -> str:
    """RFC 4180, UTF-8; nothing in it is ever a formula."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for reply in replies:
        values = _written(reply)
        rows.writerow([guarded(values[name]) for name in COLUMNS])
    return text.getvalue()


def as_json(replies: Iterable[CannedReply]) -> str:
    told = [{name: value for name, value in _written(each).items() if value} for each in replies]
    return json.dumps({"format": FORMAT, "version": 1, "replies": told}, ensure_ascii=False, indent=2) + "\n"


def _written(reply: CannedReply) -> dict[str, str]:
    return {
        **{name: getattr(reply, name) for name in ("shortcut", "title", "text", "folder")},
        "language": reply.locale,
        "queue": reply.queue.name if reply.queue else "",
        "personal": "yes" if reply.personal else "",
    }


def decoded(data: bytes) -> str:
    """The text of a file. Unreadable."""
    if len(data) > BYTES:
        raise Unreadable(gettext("The file is larger than %(size)s KB.") % {"size": BYTES // 1024})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(gettext("The file is not in UTF-8. Save it as “CSV UTF-8”, or as JSON.")) from None


def read(text: str) -> list[Row]:
    """Every reply of a file. Unreadable."""
    rows = list(_of_json(text) if text.lstrip()[:1] in ("{", "[") else _of_csv(text))
    if not rows:
        raise Unreadable(gettext("There is no reply in this file."))
    return rows


def _of_json(text: str) -> Iterator[Row]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(gettext("This is no JSON: %(why)s.") % {"why": error}) from None
    if isinstance(value, dict):
        value = value.get("replies", value.get("payload"))
    if not isinstance(value, list):
        raise Unreadable(gettext("There is no list of replies in this file."))
    for number, each in enumerate(value, start=1):
        named = {"n": number}
        where, within = gettext("Reply %(n)s") % named, gettext("reply %(n)s") % named
        yield Row(where, within, _known(each) if isinstance(each, dict) else {})


def _of_csv(text: str) -> Iterator[Row]:
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if not ({"shortcut", "text"} <= {*names} or {"short_code", "content"} <= {*names}):
            raise Unreadable(
                gettext("The first line must name the columns: shortcut and text, or short_code and content.")
            )
        yield from _rows(reader, names)
    except csv.Error as error:
        words = gettext("Line %(n)s is not as CSV is written: %(why)s.")
        raise Unreadable(words % {"n": reader.line_num, "why": error}) from None


def _rows(reader: Any, names: Sequence[str]) -> Iterator[Row]:
    line = reader.line_num + 1
    as_meant = unguarded if {*names} == {*COLUMNS} else str  # others guard nothing
    for cells in reader:
        named, line = {"n": line}, reader.line_num + 1
        if any(cell.strip() for cell in cells):
            where, within = gettext("Line %(n)s") % named, gettext("line %(n)s") % named
            yield Row(where, within, _known(dict(zip(names, map(as_meant, cells), strict=False))))


def _known(row: Mapping[str, Any]) -> dict[str, str]:
    """Of our columns, as text."""
    mine = {**row, **translated(row)} if is_chatwoot(row) else row
    return {name: "" if mine.get(name) is None else str(mine[name]) for name in COLUMNS}


def is_yes(text: str) -> bool:
    return text.strip().lower() in _YES

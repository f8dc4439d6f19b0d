"""Transcripts as files. Whatever a name or a message holds, a reader finds exactly the lines there were."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy

from agents.transcripts import page, table
from agents.transcripts.facts import clock, facts
from agents.transcripts.transcript import Line, Transcript
from agents.transcripts.words import safe_name

INDENT: Final = "    "
_BY: Final = {"note": gettext_lazy("Note by"), "whisper": gettext_lazy("Whisper by")}
_WHO: Final = {"visitor": gettext_lazy("Visitor"), "agent": gettext_lazy("Agent"), "bot": gettext_lazy("Bot")}
# Line breaks that JSON may hold as they are, but that some readers of lines break at.
_BREAKS: Final = {each: f"\\u{ord(each):04x}" for each in "\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Format:
    """How one transcript is written, and what stands before and after all of them."""

    extension: str
    content_type: str
    one: Callable[[Transcript], str]
    head: str = ""
    tail: str = ""


def as_text(transcript: Transcript) -> str:
    """For reading: a head of names, then a block for each entry.

    What was said is indented, after any kind of line break, and nothing else is: no text can look like
    the begin of another block or of another chat.
    """
    head = "\n".join(f"{name}: {safe_name(value)}" for name, value in facts(transcript) if value)
    blocks = "".join(map(_block, transcript.lines))
    return f"{_chat_with(transcript.visitor)}\n{head}\n\n{blocks}\n"


def _block(line: Line) -> str:
    at = f"[{clock(line.at)}]"
    if line.said:
        who = _BY[line.kind] if line.kind in _BY else _WHO.get(line.role, gettext_lazy("System"))
        files = "".join(f"{at} * {_sent(line.name, words)}\n" for words in line.file_words)
        words = f"{at} {who} {line.name}:\n{INDENT}{_indented(line.text)}\n"
        return files if files and not line.text else words + files
    return f"{at} * {_indented(line.text)}\n"


def _chat_with(visitor: str) -> str:
    return gettext("Chat with %(name)s") % {"name": visitor}


def _sent(name: str, file: str) -> str:
    return gettext("%(name)s sent a file: %(file)s") % {"name": name, "file": file}


def _indented(text: str) -> str:
    """The text with an indent after each of its line breaks, of whatever kind: taken out, it is itself."""
    pieces = text.splitlines(keepends=True)
    ended = bool(pieces) and pieces[-1].splitlines() != [pieces[-1]]
    return INDENT.join([*pieces, *([""] if ended else [])])


def as_json(transcript: Transcript) -> str:
    """One object, for people to look into as well."""
    return json.dumps(document(transcript), ensure_ascii=False, indent=2) + "\n"


def as_json_line(transcript: Transcript) -> str:
    """The same in one line, whatever a reader takes for the end of a line."""
    line = json.dumps(document(transcript), ensure_ascii=False, separators=(",", ":"))
    return line.translate({ord(each): escaped for each, escaped in _BREAKS.items()}) + "\n"


def document(transcript: Transcript) -> dict[str, Any]:
    """The transcript as JSON has it: times in ISO 8601 with their offset, to the millisecond."""
    return {
        "id": transcript.id,
        "site": transcript.site,
        "queue": transcript.queue,
        "visitor": transcript.visitor,
        "agent": transcript.agent,
        "opened_at": _iso(transcript.opened_at),
        "closed_at": _iso(transcript.closed_at) if transcript.closed_at else None,
        "time_zone": transcript.zone,
        "rating": transcript.rating,
        "tags": list(transcript.tags),
        "lines": [_line_document(line) for line in transcript.lines],
    }


def _line_document(line: Line) -> dict[str, Any]:
    return {
        "position": line.position,
        "kind": line.kind,
        "at": _iso(line.at),
        "author": {"role": line.role, "name": line.name},
        "text": line.text,
        **({"files": list(line.files)} if line.files else {}),
    }


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


FORMATS: Final = {
    "txt": Format("txt", "text/plain; charset=utf-8", as_text),
    "json": Format("json", "application/json", as_json),
    "jsonl": Format("jsonl", "application/x-ndjson", as_json_line),
    "csv": Format("csv", "text/csv; charset=utf-8", table.as_table, head=table.head()),
    "html": Format("html", "text/html; charset=utf-8", page.as_page, head=page.HEAD, tail=page.TAIL),
}
DOWNLOADS: Final = ("txt", "json")  # of one chat, from its page
EXPORTS: Final = ("csv", "jsonl", "txt", "html")  # of a range, by the command

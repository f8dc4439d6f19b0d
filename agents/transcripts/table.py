"""Transcripts as a table, a line each, for spreadsheets: nothing in it is ever a formula."""

import csv
import io
import re
from typing import Any, Final

from agents.transcripts.transcript import Line, Transcript

COLUMNS: Final = (
    *("chat", "site", "queue", "visitor", "agent", "opened_at", "closed_at", "rating", "tags"),
    *("position", "at", "kind", "role", "name", "text", "files"),
)
# What a spreadsheet may take for a formula, at the begin of any line of a cell, behind blanks and quotes;
# and our own mark, so that taking it away gives back what was there.
_RISKY: Final = re.compile(r"""'|[\s\0"'“”‘’]*[=+\-@＝＋－＠]|[\t\r\0]""")
_MARK: Final = "'"


def head() -> str:
    return _row(COLUMNS)


def as_table(transcript: Transcript) -> str:
    """A row for each line; what is said of the chat stands in each. RFC 4180, UTF-8."""
    chat = [
        *map(guarded, (transcript.id, transcript.site, transcript.queue, transcript.visitor)),
        guarded(transcript.agent or ""),
        transcript.opened_at.isoformat(timespec="seconds"),
        transcript.closed_at.isoformat(timespec="seconds") if transcript.closed_at else "",
        "" if transcript.rating is None else transcript.rating,
        guarded(", ".join(transcript.tags)),
    ]
    return "".join(_row([*chat, *_cells(line)]) for line in transcript.lines)


def _cells(line: Line) -> list[Any]:
    at = line.at.isoformat(timespec="milliseconds")
    return [
        line.position,
        at,
        line.kind,
        line.role,
        guarded(line.name),
        guarded(line.text),
        guarded("; ".join(line.file_words)),
    ]


def guarded(text: str) -> str:
    """The text with a mark before each of its lines that a spreadsheet might calculate."""
    return "".join(_MARK + line if _RISKY.match(line) else line for line in text.splitlines(keepends=True))


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return "".join(line.removeprefix(_MARK) for line in cell.splitlines(keepends=True))


def _row(cells: Any) -> str:
    row = io.StringIO(newline="")
    csv.writer(row, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(cells)
    return row.getvalue()

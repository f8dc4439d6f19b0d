"""A chat as its visitor saw it, to take away: nothing of what the team wrote among itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from support_chat.desk.audiences import visitor_form
from support_chat.desk.bodies import body_of
from support_chat.desk.language import words_of
from support_chat.desk.letters.envelope import one_line
from support_chat.desk.letters.lines import Happened, line_of
from support_chat.desk.models import Conversation
from support_chat.desk.revisions import revised_in
from support_chat.settings.chat import TRANSCRIPT_ENTRIES
from support_chat.words import Words

_INDENT: Final = "    "
# The policy stands in the file: whatever a text holds, a browser runs and fetches nothing.
_HEAD: Final = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
</head>
<body style="max-width: 40em; margin: 2em auto; padding: 0 1em; font: 16px/1.45 system-ui, sans-serif">
<h1>{title}</h1>
<p>{times}</p>
"""


@dataclass(frozen=True, slots=True)
class Said:
    """`who` is "" of a line that nobody said."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class SeenTranscript:
    site: str
    zone: str
    words: Words
    lines: Sequence[Said]

    @property
    def title(self) -> str:
        return self.words.gettext("Your chat with %(site)s") % {"site": self.site}

    @property
    def times(self) -> str:
        return self.words.gettext("Times are in %(zone)s.") % {"zone": self.zone}


def seen_transcript(chat: Conversation) -> SeenTranscript:
    """The newest of it, if it is very long."""
    zone, words = _zone(chat), words_of(chat)
    return SeenTranscript(one_line(chat.site.name), str(zone), words, tuple(_lines(chat, zone, words)))


def _lines(chat: Conversation, zone: ZoneInfo, words: Words) -> Iterator[Said]:
    now = revised_in(chat)
    removed = words.gettext("This message was removed.")
    rows = chat.entries.filter(shown=True).select_related("body").order_by("-position")
    for entry in reversed(rows[:TRANSCRIPT_ENTRIES]):
        form = visitor_form(chat, entry, body_of(entry))
        own, said = entry.author_role == "visitor", entry.kind == "message"
        name = one_line(form["author"]["name"]) or words.gettext("Our team")
        who = words.gettext("You") if own else name
        told = now.get(entry.position, form["body"].get("text", "")) or removed
        text = told if said else line_of(entry.kind, Happened(words, who, own, form["body"]))
        if text:
            yield Said(entry.at.astimezone(zone), who if said else "", text)


def _zone(chat: Conversation) -> ZoneInfo:
    try:
        return ZoneInfo(chat.site.time_zone)
    except (ValueError, OSError, LookupError):
        return ZoneInfo("UTC")


def as_text(transcript: SeenTranscript) -> str:
    """What was said is indented, and nothing else is: no text can look like the begin of another block."""
    head = f"{transcript.title}\n{transcript.times}\n\n"
    return head + "".join(map(_block, transcript.lines))


def _block(line: Said) -> str:
    at = f"[{line.at:%Y-%m-%d %H:%M}]"
    text = _INDENT.join(line.text.splitlines(keepends=True))
    return f"{at} {line.who}:\n{_INDENT}{text}\n" if line.who else f"{at} * {text}\n"


def as_page(transcript: SeenTranscript) -> str:
    words = transcript.words
    head = _HEAD.format(
        language=words.language,
        direction="rtl" if words.right_to_left else "ltr",
        title=_safe(transcript.title),
        times=_safe(transcript.times),
    )
    return f"{head}{''.join(map(_paragraph, transcript.lines))}</body>\n</html>\n"


def _paragraph(line: Said) -> str:
    at = f'<small style="color: #555">{line.at:%Y-%m-%d %H:%M}</small>'
    if not line.who:
        return f'<p style="color: #555">{at} {_safe(line.text)}</p>\n'
    said = f'<div dir="auto" style="white-space: pre-wrap; overflow-wrap: anywhere">{_safe(line.text)}</div>'
    return f"<div>{at} <strong><bdi>{_safe(line.who)}</bdi></strong>{said}</div>\n"


def _safe(text: str) -> str:
    return escape(text).replace("\0", "\N{REPLACEMENT CHARACTER}")

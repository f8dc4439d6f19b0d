"""Transcripts as one page that needs nothing else: no script, no address, no picture."""

from html import escape
from typing import Final

from django.utils.translation import gettext, gettext_lazy

from agents.transcripts.facts import clock, facts
from agents.transcripts.transcript import Line, Transcript

_ASIDE: Final = {
    "note": gettext_lazy("note, only for the team"),
    "whisper": gettext_lazy("whisper, only for the team"),
}
# The policy stands in the file: whatever a text holds, a browser runs and fetches nothing.
_STYLE: Final = """
body { max-width: 48em; margin: 2em auto; padding: 0 1em; font: 16px/1.45 system-ui, sans-serif; }
article { margin-bottom: 4em; break-inside: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1em; }
dd { margin: 0; }
ol { padding: 0; list-style: none; }
li { margin: 0 0 .8em; break-inside: avoid; }
pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
time, .line { color: #555; }
.note pre { padding: .3em .6em; border: 1px solid #b98900; background: #fff5d9; }
"""
HEAD: Final = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Transcripts</title>
<style>{_STYLE}</style>
</head>
<body>
"""
TAIL: Final = "</body>\n</html>\n"


def as_page(transcript: Transcript) -> str:
    """One article; a message's text is what its <pre> holds."""
    terms = "".join(f"<dt>{name}</dt><dd>{_text(value)}</dd>" for name, value in facts(transcript) if value)
    lines = "".join(map(_item, transcript.lines))
    title = f"<h1>{_text(gettext('Chat with %(name)s') % {'name': transcript.visitor})}</h1>"
    return f"<article>\n{title}\n<dl>{terms}</dl>\n<ol>\n{lines}</ol>\n</article>\n"


def _item(line: Line) -> str:
    at = f'<time datetime="{line.at.isoformat(timespec="milliseconds")}">{clock(line.at)}</time>'
    if not line.said:
        return f'<li class="line">{at} <span>{_text(line.text)}</span></li>\n'
    # A browser drops the first line break of a <pre>: one is written for it to drop.
    aside = f" ({_text(str(_ASIDE[line.kind]))})" if line.kind in _ASIDE else ""
    who = f"<strong>{_text(line.name)}</strong>{aside}"
    files = "".join(f"<div>{_text(_sent(words))}</div>" for words in line.file_words)
    return f'<li class="{line.kind}">{at} {who}<pre dir="auto">\n{_text(line.text)}</pre>{files}</li>\n'


def _sent(words: str) -> str:
    return gettext("Sent a file: %(words)s") % {"words": words}


def _text(text: str) -> str:
    """As text, whatever it holds. A page cannot hold NUL, and reads a bare CR as a line break."""
    return escape(text).replace("\r", "&#13;").replace("\0", "\N{REPLACEMENT CHARACTER}")

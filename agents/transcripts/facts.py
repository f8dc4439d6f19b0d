"""What is said of a chat above its lines, the same in every form for reading."""

from collections.abc import Iterator
from datetime import datetime

from agents.transcripts.transcript import Transcript


def facts(transcript: Transcript) -> Iterator[tuple[str, str]]:
    """Names and values; a value that is not known is empty."""
    yield "Site", transcript.site
    yield "Queue", transcript.queue
    yield "Agent", transcript.agent or ""
    yield "Began", clock(transcript.opened_at)
    yield "Closed", clock(transcript.closed_at) if transcript.closed_at else ""
    yield "Times", transcript.zone
    yield "Rating", f"{transcript.rating} of 5" if transcript.rating else ""
    yield "Tags", ", ".join(transcript.tags)
    yield "Id", transcript.id


def clock(at: datetime) -> str:
    """2026-11-22 11:15:30 +01:00"""
    words = at.isoformat(sep=" ", timespec="seconds")
    return f"{words[:19]} {words[19:]}"

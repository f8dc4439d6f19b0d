"""What is said of a chat above its lines, the same in every form for reading."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext

from agents.transcripts.transcript import Transcript


def facts(transcript: Transcript) -> Iterator[tuple[str, str]]:
    """Names and values; a value that is not known is empty."""
    yield gettext("Site"), transcript.site
    yield gettext("Queue"), transcript.queue
    yield gettext("Agent"), transcript.agent or ""
    yield gettext("Began"), clock(transcript.opened_at)
    yield gettext("Closed"), clock(transcript.closed_at) if transcript.closed_at else ""
    yield gettext("Times"), transcript.zone
    yield (
        gettext("Satisfaction (CSAT)"),
        gettext("%(rating)s of 5") % {"rating": transcript.rating} if transcript.rating else "",
    )
    yield gettext("Tags"), ", ".join(transcript.tags)
    yield "Id", transcript.id


def clock(at: datetime) -> str:
    """2026-11-22 11:15:30 +01:00"""
    words = at.isoformat(sep=" ", timespec="seconds")
    return f"{words[:19]} {words[19:]}"

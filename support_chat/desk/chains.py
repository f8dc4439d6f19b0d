"""The proof of a log: digests of bodies, and two hash chains, one for staff and one for the visitor."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from support_chat.desk.lines import Kept

_json = msgspec.json.Encoder(order="deterministic")


def digest(salt: bytes, body: str) -> str:
    """SHA-256, in hex, of the salt and the body's JSON: proves a body without showing it."""
    return hashlib.sha256(salt + body.encode()).hexdigest()


def chained(previous: str, link: Sequence[object]) -> str:
    """The hash chain one link longer: SHA-256, in hex, of the chain so far and the link's JSON."""
    return hashlib.sha256(previous.encode() + _json.encode(link)).hexdigest()


def staff_link(entry: Kept) -> tuple[object, ...]:
    """What the staff's chain swears to: everything of the entry, its body by digest."""
    author = (entry.author_role, entry.author_id, entry.author_name)
    return (entry.position, entry.mark, entry.kind, *author, instant(entry.at), entry.digest)


def visible_link(entry: Kept) -> tuple[object, ...]:
    """What the visitor's chain swears to: the same, counted and named as the visitor sees it."""
    author = (entry.author_role, entry.public_name)
    return (entry.visible, entry.mark, entry.kind, *author, instant(entry.at), entry.digest)


def instant(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)  # microseconds, whole: the same from every database

"""Whoever is let in wears a badge; looked at again every few seconds, for as long as the socket is open.

A socket outlives the request that opened it: somebody who signs out, is deactivated, gets a new
password or loses their token must not be told anything more; and whose place on the team changes comes
anew, with what they may do by now.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.contrib.sessions.models import Session
from django.utils import timezone

from support_chat.desk.access import Place, places_of
from support_chat.desk.models import ApiToken, User

LOOKED_AT_EVERY: Final = 3.0  # seconds: with the closing, within 5


@dataclass(frozen=True, slots=True)
class Badge:
    """What this socket was let in by: an account as it was, and a session or a token of it."""

    user: int
    password: str  # as hashed: a new one ends what the old one opened
    session: str | None = None
    token: str | None = None  # as fingerprint
    places: frozenset[Place] = frozenset()  # on the team, as they were


def ended(badges: Collection[Badge]) -> set[Badge]:
    """Those that are no longer good. Three queries, however many there are."""
    users = dict(
        User.objects.filter(pk__in={badge.user for badge in badges}, is_active=True).values_list(
            "pk", "password"
        )
    )
    sessions = set(
        Session.objects.filter(
            session_key__in={badge.session for badge in badges if badge.session},
            expire_date__gt=timezone.now(),
        ).values_list("session_key", flat=True)
    )
    tokens = set(
        ApiToken.objects.filter(
            sha256__in={badge.token for badge in badges if badge.token}, revoked_at=None
        ).values_list("sha256", flat=True)
    )
    return {badge for badge in badges if not _is_good(badge, users, sessions | tokens)}


def moved(badges: Collection[Badge]) -> set[Badge]:
    """Those whose places on the team are others by now. One query."""
    places = places_of({badge.user for badge in badges})
    return {badge for badge in badges if places[badge.user] != badge.places}


def _is_good(badge: Badge, users: dict[int, str], keys: set[str]) -> bool:
    if badge.user not in users:
        return False
    if badge.session is not None:
        return users[badge.user] == badge.password and badge.session in keys
    return badge.token in keys

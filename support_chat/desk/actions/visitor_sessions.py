"""A visitor's secrets come to an end: what they opened is closed, wherever it is open."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from support_chat.desk.database_time import database_now
from support_chat.desk.events import SignedOut
from support_chat.desk.ids import fingerprint, principal, secret_token, session_token
from support_chat.desk.models import Visitor, VisitorSession
from support_chat.desk.telling import Telling


def sign_out(*, visitor: Visitor, sha256: str) -> None:
    """The secret that they came with opens nothing any more. Their chats stay with the team."""
    with Telling() as telling:
        row = Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)
        if row.token_sha256 == sha256:
            retire_token(telling, row)
        end_keys(telling, row)
        row.handles.all().delete()
        sessions = row.sessions.filter(sha256=sha256, ended_at=None)
        end_sessions(telling, sessions, now=database_now())


def open_session(visitor: Visitor, *, now: datetime, lasts: int, **opened_by: Any) -> str:
    """The secret of a session of theirs, good for `lasts` seconds; `opened_by` are columns that say how."""
    secret = session_token()
    Visitor.objects.filter(pk=visitor.pk).update(forgotten_at=None)  # whoever ended it all comes anew
    VisitorSession.objects.create(
        visitor=visitor,
        sha256=fingerprint(secret),
        made_at=now,
        expires_at=now + timedelta(seconds=lasts),
        **opened_by,
    )
    return secret


def retire_token(telling: Telling, visitor: Visitor) -> None:
    """Nobody holds the secret that takes its place, and no letter leads to them any more."""
    tell_end(telling, visitor.token_sha256)
    end_keys(telling, visitor)
    visitor.links.all().delete()
    visitor.token_sha256 = fingerprint(secret_token())
    visitor.save(update_fields=["token_sha256"])


def end_keys(telling: Telling, visitor: Visitor) -> None:
    """What links of letters opened on other devices."""
    for key in visitor.keys.all():
        tell_end(telling, key.sha256)
    visitor.keys.all().delete()


def end_sessions(telling: Telling, sessions: Iterable[VisitorSession], *, now: datetime) -> None:
    for session in sessions:
        session.ended_at = now
        session.save(update_fields=["ended_at"])
        tell_end(telling, session.sha256)


def tell_end(telling: Telling, sha256: str) -> None:
    telling.state(principal(sha256), {"visitor": (SignedOut(),)})

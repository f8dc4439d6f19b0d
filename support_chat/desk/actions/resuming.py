"""How a visitor comes back whose browser keeps nothing for the panel: by a handle that the page keeps.

The page's own scripts can read it, so it is worth little: it opens one session, once, and is replaced each
time that the panel begins. Whoever comes with one that was used already is one of two, and one of them a
thief: then all of its line ends, and so do the sessions that it opened.
"""

from datetime import datetime, timedelta

from support_chat.desk.actions.visitor_sessions import end_sessions, open_session
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed, UnknownToken
from support_chat.desk.ids import fingerprint, public_id, secret_token
from support_chat.desk.models import ResumeHandle, Site, Visitor, VisitorSession
from support_chat.desk.telling import Telling
from support_chat.settings.chat import HANDLE_LASTS, HANDLES


def renew_handle(*, visitor: Visitor, handle: str | None = None, sha256: str = "") -> str:
    """The next handle of the line that this one is of, or the first of a new line. `sha256` is of the secret
    that they came with: whose session the handle opened goes on with its line, though it is used. NotAllowed
    for whoever's website signs who they are: it says so with each page."""
    with Telling() as telling:
        row = Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)
        if row.is_verified:
            raise NotAllowed
        now = database_now()
        line = _line_of(row.site_id, handle, now)
        if line is not None and line.visitor_id == row.pk and _goes_on(line, handle or "", sha256):
            return _next(line, now)
        if line is not None and line.visitor_id == row.pk:
            _end(telling, line, now)
        row.handles.filter(pk__in=row.handles.order_by("-pk")[HANDLES - 1 :].values("pk")).delete()
        return _next(ResumeHandle(visitor=row, line=public_id()), now)


def resume_by(*, site: Site, handle: str) -> tuple[Visitor, str]:
    """Whose handle this is, and the secret of a session of theirs. UnknownToken when it opens nothing."""
    with Telling() as telling:
        now = database_now()
        line = _line_of(site.pk, handle, now)
        if line is None:
            raise UnknownToken
        is_good = line.is_known_by(handle)
        if is_good:
            line.sha256 = ""
            line.save(update_fields=["sha256"])
            _only_the_newest(telling, line, now)
            return line.visitor, open_session(line.visitor, now=now, lasts=HANDLE_LASTS, line=line.line)
        _end(telling, line, now)
    raise UnknownToken


def _line_of(site: int, handle: str | None, now: datetime) -> ResumeHandle | None:
    name = (handle or "").partition(".")[0]
    rows = ResumeHandle.objects.filter(line=name, visitor__site=site, expires_at__gt=now)
    return rows.select_related("visitor__site").select_for_update(no_key=True, of=("self",)).first()


def _goes_on(line: ResumeHandle, handle: str, sha256: str) -> bool:
    return line.is_known_by(handle) or (
        line.sha256 == ""
        and VisitorSession.objects.filter(line=line.line, sha256=sha256, ended_at=None).exists()
    )


def _next(line: ResumeHandle, now: datetime) -> str:
    handle = f"{line.line}.{secret_token()}"
    line.sha256, line.expires_at = fingerprint(handle), now + timedelta(seconds=HANDLE_LASTS)
    line.save()
    return handle


def _only_the_newest(telling: Telling, line: ResumeHandle, now: datetime) -> None:
    """A browser that keeps nothing begins a session with each page."""
    opened = VisitorSession.objects.filter(line=line.line).order_by("-pk")
    end_sessions(telling, opened[HANDLES - 1 :], now=now)
    opened.exclude(ended_at=None).delete()


def _end(telling: Telling, line: ResumeHandle, now: datetime) -> None:
    end_sessions(telling, VisitorSession.objects.filter(line=line.line, ended_at=None), now=now)
    line.delete()

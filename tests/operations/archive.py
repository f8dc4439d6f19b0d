"""Much that was said long ago, in the house of tests/services, and a manager who is signed in."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from support_chat.desk.actions.past_chats import PastChat, PastLine, bring_in, bring_in_visitors
from support_chat.desk.models import Site, User, Visitor

SHORT, LONG = 20, 2_000  # lines of a chat
AT_ONCE = 250  # chats written together
FILL = "from tests.operations.archive import fill; print(fill({key!r}, {chats}))"


def fill(key: str, chats: int) -> str:
    """So many closed chats, the last of them long; the name of that one, and the cookie of a manager."""
    site = Site.objects.get(public_key=key)
    with transaction.atomic():
        for first in range(0, chats, AT_ONCE):
            sizes = [LONG if n == chats - 1 else SHORT for n in range(first, min(first + AT_ONCE, chats))]
            visitors = bring_in_visitors(site=site, visitors=[Visitor() for _ in sizes])
            pairs = zip(visitors, sizes, strict=True)
            rows = bring_in(site=site, chats=[past_chat(site, visitor, size) for visitor, size in pairs])
    return f"{rows[-1].public_id} {settings.SESSION_COOKIE_NAME}={session_of('mia')}"


def past_chat(site: Site, visitor: Visitor, lines: int) -> PastChat:
    ended = timezone.now() - timedelta(days=1)
    at = [ended - timedelta(seconds=lines - n) for n in range(lines)]
    said = [PastLine(at=each, kind="message", role="visitor", body={"text": "x" * 60}) for each in at[1:-1]]
    first = PastLine(at=at[0], kind="opened", role="visitor")
    last = PastLine(at=at[-1], kind="closed", role="visitor")
    return PastChat(visitor=visitor, queue=site.queues.get(is_default=True), lines=[first, *said, last])


def session_of(username: str) -> str:
    """A session in which somebody is signed in, as a browser's cookie names it."""
    user, session = User.objects.get(username=username), SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)

"""A link in a letter leads back into the chat: once, for a week, on the site that it was sent for."""

from datetime import datetime, timedelta

from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotFound
from support_chat.desk.ids import fingerprint, secret_token
from support_chat.desk.letters.links import link_secret
from support_chat.desk.models import ChatLink, Outbox, Site, Visitor, VisitorKey
from support_chat.desk.telling import Telling
from support_chat.settings.chat import LINK_LASTS


def make_link(letter: Outbox, visitor: Visitor, now: datetime) -> None:
    """The link of this letter, kept so that only who has the letter can open it."""
    until = now + timedelta(seconds=LINK_LASTS)
    secret = fingerprint(link_secret(letter))
    ChatLink.objects.create(visitor=visitor, sha256=secret, made_at=now, expires_at=until)


def open_link(*, site: Site, secret: str, client_id: str) -> tuple[Visitor, str]:
    """Who comes by this link, and a token of their own for this device. NotFound: there is none, it is of
    another site, too old, or somebody has opened it; who opened it is answered again."""
    with Telling():
        links = ChatLink.objects.select_for_update(no_key=True, of=("self",)).select_related("visitor__site")
        link = links.filter(sha256=fingerprint(secret), visitor__site=site).first()
        if link is None or link.expires_at <= database_now() or link.used_by not in ("", client_id):
            raise NotFound
        link.used_by = client_id
        link.save(update_fields=["used_by"])
        Visitor.objects.filter(pk=link.visitor_id).update(forgotten_at=None)  # this device is another
        token = secret_token()
        VisitorKey.objects.create(visitor=link.visitor, sha256=fingerprint(token))
    return link.visitor, token

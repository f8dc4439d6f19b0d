"""Visitors come by a secret of their own, or get one."""

from django.db import IntegrityError, transaction

from support_chat.desk.errors import NotAllowed
from support_chat.desk.ids import fingerprint, secret_token
from support_chat.desk.models import Site, Visitor
from support_chat.desk.names import speakable_name

ATTEMPTS = 8  # at a name: each adds a digit, so that the last has no fellow


def make_visitor(*, site: Site, page: str = "", locale: str = "") -> tuple[Visitor, str]:
    """A new visitor, and the secret that is told this once."""
    token = secret_token()
    for attempt in range(ATTEMPTS):
        visitor = Visitor(
            site=site, token_sha256=fingerprint(token), name=speakable_name(attempt), page=page, locale=locale
        )
        try:
            with transaction.atomic():
                visitor.save(force_insert=True)
        except IntegrityError:
            continue
        return visitor, token
    raise NotAllowed

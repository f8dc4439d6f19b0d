"""The secret of a letter's link: the same on every try, told in the letter alone."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from support_chat.desk.models import Outbox


def link_secret(row: Outbox) -> str:
    """256 bits, of our own secret and the row's random name: nothing that is kept gives it away."""
    return salted_hmac("support_chat.mail.link", row.public_id, algorithm="sha256").hexdigest()


def link_to_chat(row: Outbox) -> str:
    """Behind the hash, so that no server, log or next page learns it; and no scanner of mail opens it."""
    return f"{settings.PUBLIC_URL}/chat/{row.site.public_key}/#go-on={link_secret(row)}"

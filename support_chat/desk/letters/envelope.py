"""What every letter of ours has around its words."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.crypto import salted_hmac

from support_chat.desk.models import Outbox, Site
from support_chat.settings.mail import NOWHERE


def mail_is_set_up() -> bool:
    """Whether the operator has said by which way, from whom, and where links lead."""
    return settings.EMAIL_BACKEND != NOWHERE and bool(settings.EMAIL_FROM and settings.PUBLIC_URL)


def mail_works(site: Site) -> bool:
    """Whether a site may offer what needs mail: one has arrived, and no later one told otherwise."""
    return site.mail_works_at is not None and mail_is_set_up()


def address_key(email: str) -> str:
    """By which an address is counted, and not known."""
    return _keyed("address", email.strip().lower())


def source_key(source: str) -> str:
    """The same of a network address."""
    return _keyed("source", source) if source else ""


def _keyed(what: str, value: str) -> str:
    """Without our secret nobody finds it by trying all."""
    return salted_hmac(f"support_chat.mail.{what}", value, algorithm="sha256").hexdigest()


def one_line(text: str) -> str:
    """Text that may stand in a header."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def letter(row: Outbox, *, to: str, subject: str, text: str) -> EmailMultiAlternatives:
    """A letter of a site. The same row is the same Message-ID on every try: who gets it twice can tell."""
    _, sender = parseaddr(settings.EMAIL_FROM)
    headers = {
        "Message-ID": f"<{row.public_id}@{sender.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",  # no answering machine answers it
    }
    name = formataddr((one_line(row.site.name), sender))
    return EmailMultiAlternatives(one_line(subject), text, from_email=name, to=[to], headers=headers)


def masked(email: str) -> str | None:
    """As its owner knows it again, and nobody else learns it: the first letter and the host."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}…@{host}" if email else None

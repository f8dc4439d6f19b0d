"""Addresses of files: for one file, one person and five minutes."""

from dataclasses import dataclass
from typing import Any, Final

from django.core import signing
from django.urls import reverse

from support_chat.desk.access import (
    Staff,
    attachment_for_staff,
    attachment_for_visitor,
    staff_of,
)
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.files.store import VARIANTS
from support_chat.desk.models import Attachment, User, Visitor
from support_chat.settings.chat import LINKS_LAST

_SALT: Final = "support_chat.files"


class Expired(Exception):
    """It was an address of ours, for longer ago than it lasts."""


@dataclass(frozen=True, slots=True)
class Asked:
    attachment: Attachment
    variant: str


def links_of(attachment: Attachment, who: Visitor | Staff) -> dict[str, Any]:
    """What is known of a file, and where this person finds it."""
    variants = VARIANTS if attachment.looks else VARIANTS[:1]
    return {
        **attachment.facts,
        "links": {variant: _address(attachment, variant, who) for variant in variants},
        "expires_in": LINKS_LAST,
    }


def _address(attachment: Attachment, variant: str, who: Visitor | Staff) -> str:
    person = f"v:{who.public_id}" if isinstance(who, Visitor) else f"u:{who.user.pk}"
    chat = attachment.conversation_id or 0
    signed = signing.dumps([attachment.public_id, variant, person, chat], salt=_SALT)
    return reverse("file", args=[signed])


def asked_by(signed: str) -> Asked:
    """What this address leads to, if whom it was made for may still have it. NotFound, or Expired."""
    try:
        public_id, variant, person, chat = signing.loads(signed, salt=_SALT, max_age=LINKS_LAST)
    except signing.SignatureExpired as late:
        raise Expired from late
    except signing.BadSignature as foreign:
        raise NotFound from foreign
    attachment = _found(person, public_id)
    if (attachment.conversation_id or 0) != chat:
        raise NotFound
    return Asked(attachment, variant)


def _found(person: str, public_id: str) -> Attachment:
    """Asked anew: what they may see changes."""
    kind, _, name = person.partition(":")
    try:
        if kind == "v":
            return attachment_for_visitor(Visitor.objects.get(public_id=name), public_id)
        return attachment_for_staff(staff_of(User.objects.get(pk=name)), public_id)
    except (Visitor.DoesNotExist, User.DoesNotExist, NotAllowed) as gone:
        raise NotFound from gone

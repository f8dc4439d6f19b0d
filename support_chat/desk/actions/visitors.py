"""Visitors come by a secret of their own, or get one."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from support_chat.desk.attributes import Attributes, hidden, merged
from support_chat.desk.blocks import unless_blocked
from support_chat.desk.card_free import holds_card
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed
from support_chat.desk.ids import fingerprint, secret_token
from support_chat.desk.masking import masked
from support_chat.desk.models import Site, Visitor
from support_chat.desk.names import speakable_name
from support_chat.desk.site_masks import masks_for
from support_chat.desk.sources import hash_of
from support_chat.desk.telling import Telling
from support_chat.desk.who import tell_who

Claims = Mapping[str, str | bool | int | None]

ATTEMPTS = 8  # at a name: each adds a digit, so that the last has no fellow


def note_phone(*, visitor: Visitor, phone: bool) -> None:
    """Whether they come on a phone: then they may be gone for longer."""
    visitor.phone = phone
    visitor.save(update_fields=["phone"])


def note_source(visitor: Visitor, source: str) -> None:
    """Where they come from, hashed; kept where it has changed. The caller holds the row, or made it."""
    known = hash_of(source)
    if known and known != visitor.source:
        visitor.source = known
        Visitor.objects.filter(pk=visitor.pk).update(source=known)


def carry_block(goes: Visitor, stays: Visitor) -> None:
    """Whoever may not write for a while may not as somebody else either. The caller holds both."""
    ends = [each.blocked_until for each in (goes, stays) if each.blocked_until is not None]
    if ends:
        stays.blocked_until = max(ends)
        stays.save(update_fields=["blocked_until"])


def claim(*, visitor: Visitor, attributes: Claims) -> Attributes:
    """What the page says of them, beside what it said before; null takes away. Nobody has verified it, and it
    never stands in the place of what is. BadField where it is too much."""
    with Telling() as telling:
        row = Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)
        unless_blocked(row, database_now())
        claimed = merged(row.claimed, hidden(attributes, masks_for(row.site_id)))
        if claimed != row.claimed:
            row.claimed = claimed
            row.save(update_fields=["claimed"])
            tell_who(telling, row)
    return claimed


def spoken(locale: str) -> str:
    """A language as their browser names it; "" for what is the number of a card."""
    return "" if holds_card(locale) else locale


def make_visitor(*, site: Site, page: str = "", locale: str = "", source: str = "") -> tuple[Visitor, str]:
    """A new visitor, and the secret that is told this once."""
    token, hashed = secret_token(), hash_of(source)
    for attempt in range(ATTEMPTS):
        visitor = Visitor(
            site=site,
            token_sha256=fingerprint(token),
            name=speakable_name(attempt),
            page=masked(page),
            locale=spoken(locale),
            source=hashed,
        )
        try:
            with transaction.atomic():
                visitor.save(force_insert=True)
        except IntegrityError:
            continue
        return visitor, token
    raise NotAllowed

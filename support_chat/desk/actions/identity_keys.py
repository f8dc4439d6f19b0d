"""The keys with which a website signs who its visitor is: made, replaced and revoked by its managers."""

from collections.abc import Iterator
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.configuring import hold_site
from support_chat.desk.actions.visitor_sessions import end_sessions
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotFound
from support_chat.desk.models import IdentityKey, SettingChange, Site, VisitorSession
from support_chat.desk.telling import Telling
from support_chat.settings.chat import IDENTITY_KEYS

Algorithm = IdentityKey.Algorithm
RSA_BITS: Final = 2048
SESSIONS_AT_ONCE: Final = 200  # ended in one transaction


def make_identity_key(
    *, staff: Staff, site: str, algorithm: str = Algorithm.HS256, public_key: str = ""
) -> IdentityKey:
    """A key that is good from now on, beside the others. ValidationError by field says what is wrong."""
    known = site_to_manage(staff, site)
    _check(algorithm, public_key)
    with Telling():
        row = hold_site(known.pk)
        if row.identity_keys.filter(revoked_at=None).count() >= IDENTITY_KEYS:
            words = gettext("Revoke a key first: there are %(most)s.") % {"most": IDENTITY_KEYS}
            raise ValidationError({"algorithm": [words]})
        key = IdentityKey.objects.create(
            site=row, algorithm=algorithm, public_key=public_key, made_by=staff.user, made_at=database_now()
        )
        _keep(staff, row, [None, key.key_id])
    return key


def revoke_identity_key(*, staff: Staff, site: str, key_id: str) -> None:
    """What it signs is refused from now on, and whoever was let in by it has to come again. Revoking what is
    revoked is done."""
    known = site_to_manage(staff, site)
    with Telling():
        row = hold_site(known.pk)
        key = row.identity_keys.filter(key_id=key_id).first()
        if key is None:
            raise NotFound
        if key.revoked_at is None:
            key.revoked_at = database_now()
            key.save(update_fields=["revoked_at"])
            _keep(staff, row, [key.key_id, None])
    for sessions in _chunks(key):
        with Telling() as telling:
            end_sessions(telling, sessions, now=database_now())


def _chunks(key: IdentityKey) -> Iterator[list[VisitorSession]]:
    while sessions := list(key.sessions.filter(ended_at=None).order_by("pk")[:SESSIONS_AT_ONCE]):
        yield sessions


def _keep(staff: Staff, site: Site, change: list[str | None]) -> None:
    values = {"identity_key": change}
    SettingChange.objects.create(site=site, by=staff.user, values=values, at=database_now())


def _check(algorithm: str, public_key: str) -> None:
    if algorithm not in Algorithm.values:
        words = gettext("Choose one of these: %(known)s.") % {"known": ", ".join(Algorithm.values)}
        raise ValidationError({"algorithm": [words]})
    if algorithm == Algorithm.HS256 and public_key:
        raise ValidationError({"public_key": [gettext("HS256 has none: the secret is made here.")]})
    if algorithm != Algorithm.HS256 and not _fits(algorithm, public_key):
        if algorithm == Algorithm.RS256:
            words = gettext("Write an RSA key of 2048 bits or more, its public half, in PEM.")
        else:
            words = gettext("Write a P-256 key, its public half, in PEM.")
        raise ValidationError({"public_key": [words]})


def _fits(algorithm: str, pem: str) -> bool:
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnicodeError):
        return False
    if algorithm == Algorithm.RS256:
        return isinstance(key, RSAPublicKey) and key.key_size >= RSA_BITS
    return isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)

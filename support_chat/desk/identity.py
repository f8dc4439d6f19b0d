"""Who a website says its visitor is: a short-lived signed token (JWT). Nothing of it is believed before its
signature is known to be by a key of this very site.

The key decides the algorithm, never the token: `alg: none`, and a public key taken for an HMAC secret, fail
at the first comparison. A header may name nothing but "alg", "kid" and "typ": no key and no address of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Final

import jwt
import msgspec
from msgspec import Meta

from support_chat.desk.attributes import Attributes, is_modest
from support_chat.desk.errors import BadIdentity
from support_chat.desk.models import IdentityKey, Site
from support_chat.live.fields import AttributeName, AttributeText, Email, Name
from support_chat.settings.chat import IDENTITY_LASTS, IDENTITY_SKEW

HEADERS: Final = frozenset({"alg", "kid", "typ"})
Moment = Annotated[int, Meta(ge=0, le=2**40)]  # seconds since 1970
_jws: Final = jwt.PyJWS()


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of the token; other claims are passed over."""

    sub: Annotated[str, Meta(min_length=1, max_length=255, pattern=r"\S")]
    aud: str
    iat: Moment
    exp: Moment
    nbf: Moment = 0
    jti: Annotated[str, Meta(max_length=128)] = ""
    name: Name | None = None
    email: Email | None = None
    attributes: dict[AttributeName, AttributeText | bool | int | float | None] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Verified: `key` has signed it, and it is good now."""

    key: IdentityKey
    subject: str
    name: str = ""
    email: str = ""
    attributes: Attributes = field(default_factory=dict)
    jti: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        """As the columns of a visitor."""
        return {
            "subject": self.subject,
            "full_name": self.name,
            "email": self.email,
            "attributes": self.attributes,
        }


def identity_in(token: str, site: Site, *, now: datetime) -> Identity:
    """Whom this token is about. BadIdentity for all that is wrong with it, and never says what."""
    key = _key_of(token, site)
    claims = _claims(_signed(token, key))
    _is_for(site, claims, now.timestamp())
    attributes = {name: value for name, value in claims.attributes.items() if value is not None}
    if not is_modest(attributes):
        raise BadIdentity
    return Identity(
        key=key,
        subject=claims.sub,
        name=claims.name or "",
        email=claims.email or "",
        attributes=attributes,
        jti=claims.jti,
    )


def _key_of(token: str, site: Site) -> IdentityKey:
    header = _header(token)
    rows = site.identity_keys.filter(revoked_at=None)
    key = rows.filter(key_id=header.get("kid", "")).first()
    if key is None or set(header) - HEADERS or header.get("alg") != key.algorithm:
        raise BadIdentity
    return key


def _header(token: str) -> Mapping[str, Any]:
    try:
        header: Mapping[str, Any] = _jws.get_unverified_header(token)
    except jwt.InvalidTokenError:
        raise BadIdentity from None
    key_id = header.get("kid")
    if not isinstance(key_id, str) or "\0" in key_id:  # which no database takes in a text
        raise BadIdentity
    return header


def _signed(token: str, key: IdentityKey) -> bytes:
    try:
        payload: bytes = _jws.decode(token, key.verifies_with, algorithms=[key.algorithm])
    except jwt.PyJWTError:
        raise BadIdentity from None
    return payload


def _claims(payload: bytes) -> Claims:
    try:
        claims = msgspec.json.decode(payload, type=Claims)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadIdentity from None
    if b"\\u0000" in payload:
        raise BadIdentity
    return claims


def _is_for(site: Site, claims: Claims, now: float) -> None:
    earliest, latest = now - IDENTITY_SKEW, now + IDENTITY_SKEW
    is_good = (
        claims.aud == site.public_key
        and claims.exp > earliest
        and claims.iat <= latest
        and claims.nbf <= latest
        and 0 < claims.exp - claims.iat <= IDENTITY_LASTS
    )
    if not is_good:
        raise BadIdentity

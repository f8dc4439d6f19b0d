"""What is believed of a signed identity, and everything that is not."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from time import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from support_chat.desk.actions.identity_keys import revoke_identity_key
from support_chat.desk.errors import BadIdentity
from support_chat.desk.identity import Identity, identity_in
from support_chat.desk.models import IdentityKey
from tests.desk.identities import claims, key_of, signed
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db
EC = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 2048)


def pem(private: Any) -> str:
    public = private.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def key(shop: House) -> IdentityKey:
    return key_of(shop)


def from_now(wrong: dict[str, Any]) -> dict[str, Any]:
    """With its times counted from now on."""
    times = {name for name in ("iat", "exp", "nbf") if wrong.get(name) is not None}
    return {**wrong, **{name: int(time()) + wrong[name] for name in times}}


def read(token: str, shop: House, now: datetime | None = None) -> Identity:
    return identity_in(token, shop.site, now=now or timezone.now())


def by_hand(header: Any, payload: Any, secret: str | bytes = b"") -> str:
    """A token that no library would make: HMAC by `secret`, or no signature to speak of."""
    parts = [json.dumps(part).encode() if not isinstance(part, bytes) else part for part in (header, payload)]
    said = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    secret = secret.encode() if isinstance(secret, str) else secret
    mac = hmac.new(secret, said, hashlib.sha256).digest()
    return f"{said.decode()}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def test_what_the_website_signed_is_believed(shop: House, key: IdentityKey) -> None:
    token = signed(key, email="bea@mail.example", attributes={"plan": "gold", "cart": 12.5, "old": None})
    identity = read(token, shop)
    assert (identity.subject, identity.name, identity.email) == ("bea", "Bea Lind", "bea@mail.example")
    assert identity.attributes == {"plan": "gold", "cart": 12.5}


@pytest.mark.parametrize(("algorithm", "private"), [("ES256", EC), ("RS256", RSA)])
def test_a_website_may_keep_its_private_key_to_itself(shop: House, algorithm: str, private: Any) -> None:
    key = key_of(shop, algorithm=algorithm, public_key=pem(private))
    assert read(signed(key, with_=private), shop).subject == "bea"


def test_each_of_several_keys_is_good_until_it_is_revoked(shop: House, key: IdentityKey) -> None:
    other = key_of(shop)
    boss = shop.staff("boss", role="manager", answers=False)
    revoke_identity_key(staff=boss, site=shop.site.public_key, key_id=key.key_id)
    assert read(signed(other), shop).subject == "bea"
    with pytest.raises(BadIdentity):
        read(signed(key), shop)


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another"},
        {"aud": None},
        {"aud": ["KEY"]},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"sub": "a\0b"},
        {"exp": None},
        {"exp": -61, "iat": -300},
        {"exp": 901, "iat": 0},
        {"exp": 10**9},
        {"iat": None},
        {"iat": 120, "exp": 300},
        {"nbf": 120},
        {"name": "x" * 61},
        {"email": "not an address"},
        {"attributes": {f"a{n}": 1 for n in range(51)}},
        {"attributes": {"deep": {"er": 1}}},
        {"attributes": {"long": "x" * 501}},
        {"attributes": {f"a{n}": "x" * 490 for n in range(20)}},
    ],
)
def test_a_claim_that_is_wrong_makes_the_whole_wrong(
    shop: House, key: IdentityKey, wrong: dict[str, Any]
) -> None:
    made = claims(key, **from_now(wrong))
    token = by_hand({"alg": "HS256", "kid": key.key_id}, made, key.secret())
    with pytest.raises(BadIdentity):
        read(token, shop)


def test_a_minute_of_difference_between_the_clocks_is_forgiven(shop: House, key: IdentityKey) -> None:
    for times in ({"iat": -200, "exp": -20}, {"iat": 30, "exp": 60}):
        assert read(signed(key, **from_now(times)), shop).subject == "bea"


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "None"},
        {"alg": "HS512"},
        {"alg": "RS256"},
        {},
        {"alg": "HS256", "jku": "https://evil.example/keys"},
        {"alg": "HS256", "x5u": "https://evil.example/cert"},
        {"alg": "HS256", "jwk": {"kty": "oct", "k": "AAAA"}},
        {"alg": "HS256", "crit": ["exp"]},
        {"alg": "HS256", "kid": "../../dev/null"},
        {"alg": "HS256", "kid": "a\0b"},
        {"alg": "HS256", "kid": 7},
        {"alg": "HS256", "kid": None},
        {"alg": "HS256", "kid": ["KEY"]},
    ],
)
def test_the_key_decides_how_it_is_verified_never_the_token(
    shop: House, key: IdentityKey, header: dict[str, Any]
) -> None:
    with pytest.raises(BadIdentity):
        read(by_hand({"kid": key.key_id, **header}, claims(key), key.secret()), shop)


@pytest.mark.parametrize(("algorithm", "private"), [("ES256", EC), ("RS256", RSA)])
def test_a_public_key_is_no_secret_to_sign_with(shop: House, algorithm: str, private: Any) -> None:
    key = key_of(shop, algorithm=algorithm, public_key=pem(private))
    for header in ({"alg": "HS256"}, {"alg": algorithm}):
        with pytest.raises(BadIdentity):
            read(by_hand({"kid": key.key_id, **header}, claims(key), pem(private)), shop)


def test_a_signature_is_of_this_very_content_and_of_this_very_key(shop: House, key: IdentityKey) -> None:
    head, body, signature = signed(key).split(".")
    _, another, _ = signed(key, "ben").split(".")
    wrong = [
        *(f"{head}.{another}.{signature}", f"{head}.{body}.", f"{head}.{body}.{signature[:-4]}"),
        *(f"{head}.{body}", "..", "", "x", f"{head}.{body}.{signature.upper()}", "." * 100),
        by_hand({"alg": "HS256", "kid": key.key_id}, claims(key), "guessed"),
        by_hand(b"[]", claims(key)),
        by_hand(b"{" * 3000, claims(key)),
        *(by_hand({"alg": "HS256", "kid": key.key_id}, what, key.secret()) for what in (b"[]", b"\xff")),
    ]
    for token in wrong:
        with pytest.raises(BadIdentity):
            read(token, shop)


def test_an_identity_of_one_site_is_nobody_at_another(shop: House, key: IdentityKey) -> None:
    other = house("Other")
    with pytest.raises(BadIdentity):
        read(signed(key, aud=other.site.public_key), other)
    with pytest.raises(BadIdentity):
        read(signed(key), other)


def test_what_is_claimed_beside_is_passed_over(shop: House, key: IdentityKey) -> None:
    token = jwt.encode(
        {**claims(key), "iss": "shop", "role": "admin"},
        key.secret(),
        "HS256",
        headers={"kid": key.key_id},
    )
    assert set(read(token, shop).kept) == {"subject", "full_name", "email", "attributes"}

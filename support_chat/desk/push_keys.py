"""Web Push: our own key, and what is sealed for browsers. What seals is loaded with the first push, for it
brings two whole HTTP clients, of which we use none.

Our key is made of the secret key: so all servers of a house have the same, and a backup holds it. With
another secret key browsers have to be asked anew.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from importlib import import_module
from time import time
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_SIGNED_FOR: Final = 12 * 3600  # seconds; services take at most a day


def public_key() -> str:
    """As browsers take it: the point, base64url."""
    point = _private().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def signed_for(audience: str, about: str) -> str:
    """The header that tells this push service who we are. `about`: an address of ours, for its operators."""
    mail = settings.EMAIL_FROM.rpartition("<")[2].rstrip(">")
    claims = {"aud": audience, "sub": f"mailto:{mail}" if mail else about, "exp": int(time()) + _SIGNED_FOR}
    return f"vapid t={jwt.encode(claims, _private(), 'ES256')}, k={public_key()}"


def sealed(data: bytes, *, endpoint: str, p256dh: str, auth: str) -> bytes:
    """Readable for this browser alone. ValueError where its keys are none."""
    check_keys(p256dh, auth)
    keys = {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}
    body: bytes = import_module("pywebpush").WebPusher(keys).encode(data, "aes128gcm")["body"]
    return body


def check_keys(p256dh: str, auth: str) -> None:
    """ValueError where these are no keys of a browser."""
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(p256dh))
    if len(_decoded(auth)) != 16:
        raise ValueError("auth has 16 bytes")


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _private() -> Any:
    return _made_of(settings.SECRET_KEY)


@lru_cache(maxsize=2)
def _made_of(secret: str) -> Any:
    """FIPS 186-5, A.2.1: 64 bits more than the order, so that every key is as likely as the next."""
    derived = HKDF(SHA256(), length=40, salt=None, info=b"support_chat.push").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(derived, "big") % (_ORDER - 1) + 1, ec.SECP256R1())

"""Names that leave the server: random, 128 bits, so that nobody finds a thing by counting."""

import hashlib
import secrets


def public_id() -> str:
    return secrets.token_urlsafe(16)


def secret_token() -> str:
    """A bearer secret: 256 bits, told once, kept only as `fingerprint`."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """SHA-256 in hex of a secret; enough, because the secret itself is random."""
    return hashlib.sha256(token.encode()).hexdigest()

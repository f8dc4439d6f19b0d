"""Names that leave the server: random, 128 bits, so that nobody finds a thing by counting."""

import hashlib
import secrets
from typing import Final


def public_id() -> str:
    return secrets.token_urlsafe(16)


def secret_token() -> str:
    """A bearer secret: 256 bits, told once, kept only as `fingerprint`."""
    return secrets.token_urlsafe(32)


SESSION: Final = "s."  # how the secret of a session begins: no visitor's own does


def session_token() -> str:
    """A bearer secret of one browser of a visitor whose website has signed who they are."""
    return SESSION + secret_token()


def principal(sha256: str) -> str:
    """The topic that tells whoever came by this secret that it has ended."""
    return f"principal:{sha256}"


def fingerprint(token: str) -> str:
    """SHA-256 in hex of a secret; enough, because the secret itself is random."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Where mail leaves by: one address for Django's own settings."""

from typing import Any, Final
from urllib.parse import unquote, urlsplit

_PORTS: Final = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
NOWHERE: Final = "django.core.mail.backends.dummy.EmailBackend"
_TIMEOUT: Final = 8  # seconds that a mail server may be silent: less than a server has to end


def mail(url: str) -> dict[str, Any]:
    """Django's settings for `smtp://user:password@host:port`; `smtp+tls` begins in the clear and goes over to
    TLS, `smtps` is TLS from the first byte. "" sends nothing. ValueError: none of these."""
    if not url:
        return {"EMAIL_BACKEND": NOWHERE}
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("EMAIL_URL has to be smtp://, smtp+tls:// or smtps:// and a host.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": _TIMEOUT,
    }

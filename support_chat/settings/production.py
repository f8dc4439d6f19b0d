"""Behind TLS. Needs SECRET_KEY, ALLOWED_HOSTS and `collectstatic`."""

import os

from support_chat.settings.base import *
from support_chat.settings.base import ALLOWED_HOSTS, STORAGES, TRUSTED_PROXY

SECRET_KEY = os.environ["SECRET_KEY"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_SSL_REDIRECT = os.environ.get("SSL_REDIRECT", "on") != "off"
SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$", r"^metrics$"]  # asked on this machine, without TLS
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"]  # by whoever asks for those
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
WHITENOISE_USE_FINDERS = False
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

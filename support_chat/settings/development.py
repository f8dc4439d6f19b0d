"""One machine, loopback, plain HTTP: the demo and a developer's own server."""

from support_chat.settings.base import *

WHITENOISE_AUTOREFRESH = True  # a changed script is served at once, never from a cache
WHITENOISE_MAX_AGE = 0

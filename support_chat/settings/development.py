"""One machine, loopback, plain HTTP: the demo and a developer's own server."""

import os

from support_chat.settings.base import *

WHITENOISE_AUTOREFRESH = True  # a changed script is served at once, never from a cache
WHITENOISE_MAX_AGE = 0
ASSETS = os.environ.get("ASSETS", "modules")  # as they are written, at once

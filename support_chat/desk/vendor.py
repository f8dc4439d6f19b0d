"""Which database it is: what has no choice at run time is not asked at run time.

Django's `connection` looks up whose thread asks, for every attribute; the busiest statements asked for this
one forty times a message.
"""

from typing import Final

from django.db import connection

VENDOR: Final[str] = connection.vendor
SQLITE: Final = VENDOR == "sqlite"

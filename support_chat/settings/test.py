"""As in development, with quick passwords and a test database in a file, which threads can share."""

import tempfile
from pathlib import Path

from support_chat.settings.development import *
from support_chat.settings.development import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "support_chat.desk.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.mkdtemp()) / "test.sqlite3")}

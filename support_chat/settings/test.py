"""As in development, with quick passwords, and chats' files in a folder of their own."""

import os
import tempfile

from support_chat.settings.development import *
from support_chat.settings.development import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "FILES_ROOT" not in os.environ:
    STORAGES["files"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="files-")

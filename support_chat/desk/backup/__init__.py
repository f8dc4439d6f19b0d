"""Whole backups of either set-up: taken while the servers go on, read again before anybody relies on them."""

from support_chat.desk.backup.making import make_backup
from support_chat.desk.backup.restoring import restore_backup

__all__ = ["make_backup", "restore_backup"]

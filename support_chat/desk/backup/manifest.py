"""What a backup says of itself: of what it is, and whether its files are still those that were written."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Self

import msgspec

from support_chat.desk.backup.errors import BackupError

FORMAT: Final = 1
NAME: Final = "manifest.json"
_CHUNK: Final = 1024 * 1024  # bytes


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`rows` counts each table of ours, `files` maps a name to its SHA-256, in hex."""

    format: int = FORMAT
    made_at: str  # when it began, UTC: whatever was answered before is in it
    database: str  # "sqlite" or "postgresql"
    server: str  # the version of that
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, str]
    files_elsewhere: str = ""  # the storage of chats' files, where they are not in this backup

    def write(self, folder: Path) -> None:
        """Write it, last of all: a folder without one is no backup."""
        (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(self)))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raises BackupError for what is no backup, no longer whole, or of a kind not known here."""
        try:
            manifest = msgspec.json.decode((folder / NAME).read_bytes(), type=cls)
        except FileNotFoundError as missing:
            raise BackupError(f"{folder} is no backup: it holds no {NAME}.") from missing
        except msgspec.DecodeError as broken:
            raise BackupError(f"{folder / NAME} cannot be read.") from broken
        if manifest.format != FORMAT:
            raise BackupError(f"{folder} has format {manifest.format}; this release reads {FORMAT}.")
        manifest.check(folder)
        return manifest

    def check(self, folder: Path) -> None:
        """Raises BackupError when a file is not the one that was written."""
        for name, sha256 in self.files.items():
            if not (folder / name).is_file() or digest(folder / name) != sha256:
                raise BackupError(f"{folder / name} is missing or damaged. Nothing was restored.")


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    return {name: digest(folder / name) for name in names}


def digest(path: Path) -> str:
    """SHA-256, in hex, of a file of any size."""
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            sha256.update(chunk)
    return sha256.hexdigest()

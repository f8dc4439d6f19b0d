"""A file is checked: scanned as it came, then looked at in a process of its own."""

import hashlib
import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from support_chat.desk.files.errors import Unsafe, WrongType
from support_chat.desk.files.kinds import KINDS
from support_chat.desk.files.scanning import scan
from support_chat.desk.files.store import in_pieces
from support_chat.settings.chat import CHECK_LASTS

log = logging.getLogger(__name__)
_EXAMINE: Final = (sys.executable, "-m", "support_chat.desk.files.examine")
_CHUNK: Final = 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is known of what is to be kept."""

    size: int
    sha256: str
    width: int | None
    height: int | None
    looks: bool


def check(suffix: str, folder: Path) -> Checked:
    """Check FOLDER/given, and leave in the folder what is to be kept. Raises FileRefused or NotChecked."""
    if suffix not in KINDS:
        raise WrongType
    scan(folder / "given")
    found = _examined(suffix, folder)
    kept = folder / "file"
    return Checked(
        size=kept.stat().st_size,
        sha256=digest(kept),
        width=found.get("width"),
        height=found.get("height"),
        looks=bool(found.get("looks")),
    )


def digest(path: Path) -> str:
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        for piece in in_pieces(file, _CHUNK):
            sha256.update(piece)
    return sha256.hexdigest()


def _examined(suffix: str, folder: Path) -> dict[str, int]:
    """What the other process says; Unsafe where it says no, dies or takes too long."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # and no secret
    command = [*_EXAMINE, suffix, str(folder)]
    try:
        done = subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, timeout=CHECK_LASTS, check=True
        )
        found: dict[str, int] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        log.warning("A check of an upload (.%s) ended: %s", suffix, error)
        raise Unsafe from error
    if "refused" in found:
        raise Unsafe
    return found

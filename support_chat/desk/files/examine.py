"""One file, looked at in a process of its own: `python -m support_chat.desk.files.examine SUFFIX FOLDER`.

Reads FOLDER/given; writes what is kept as FOLDER/file, of what can be seen also `large` and `small`, and one
line of JSON. The process has little memory and time, no secrets in its environment, and knows no database.
"""

import json
import os
import resource
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from support_chat.desk.files.documents import NotADocument, check_office, check_text, first_page
from support_chat.desk.files.kinds import KINDS, Kind
from support_chat.desk.files.pictures import NotAPicture, remake, write_looks
from support_chat.settings.chat import CHECK_CPU, CHECK_MEMORY, FILE_BYTES

_BROKEN: Final = (
    *(NotAPicture, NotADocument, UnidentifiedImageError, Image.DecompressionBombError, zipfile.BadZipFile),
    *(OSError, ValueError, SyntaxError, EOFError, MemoryError, NotImplementedError, RuntimeError),
)


def main(suffix: str, folder: str) -> None:
    _bound()
    try:
        found: Mapping[str, Any] = examined(KINDS[suffix], Path(folder))
    except _BROKEN as error:
        found = {"refused": str(error)[:200]}
    sys.stdout.write(json.dumps(found))


def examined(kind: Kind, folder: Path) -> dict[str, Any]:
    """What is to be known of it. Raises one of _BROKEN for what is not to be kept."""
    given = folder / "given"
    if kind.name == "image":
        width, height = remake(given, kind, folder)
        return {"width": width, "height": height, "looks": True}
    page = first_page(given) if kind.name == "pdf" else None
    if kind.name == "text":
        check_text(given)
    elif kind.name == "office":
        check_office(given, kind)
    if page is not None:
        write_looks(page, folder)
    given.rename(folder / "file")
    return {"looks": page is not None}


def _bound() -> None:
    """Whatever is in the file, it takes no more than this."""
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_CPU, CHECK_CPU),
        (resource.RLIMIT_AS, CHECK_MEMORY),
        (resource.RLIMIT_FSIZE, 4 * FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])

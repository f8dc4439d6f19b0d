"""Where the bytes of files are: by names that nobody can guess, below no address."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from support_chat.desk.files.errors import NoRoom
from support_chat.settings.chat import FILES_FREE

VARIANTS: Final = ("file", "large", "small")  # what is kept, and what can be seen of it
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def store() -> Storage:
    """The storage that FILES_STORAGE names, or a local folder."""
    return storages["files"]


def local_folder() -> Path | None:
    """The folder, where files are kept in one."""
    kept = store()
    return Path(kept.location) if isinstance(kept, FileSystemStorage) else None


def name_of(key: str, variant: str) -> str:
    return f"{key[:2]}/{key}/{variant}"


def keep(key: str, folder: Path) -> None:
    """Keep what a check has written into the folder. All of it, or NoRoom and nothing."""
    remove(key)  # what a process that died had begun
    try:
        for variant in VARIANTS:
            if (folder / variant).exists():
                with (folder / variant).open("rb") as file:
                    store().save(name_of(key, variant), File(file))
    except OSError as error:
        remove(key)
        if error.errno in _FULL:
            raise NoRoom(after=60) from error
        raise


def remove(key: str) -> None:
    """Remove all there is of it, which may be nothing."""
    for variant in VARIANTS:
        store().delete(name_of(key, variant))
    folder = local_folder()
    if folder is not None:
        shutil.rmtree(folder / key[:2] / key, ignore_errors=True)


def size_of(key: str) -> int | None:
    """Bytes of what is kept; None when it is not there."""
    name = name_of(key, "file")
    return store().size(name) if store().exists(name) else None


def opened(key: str, variant: str) -> IO[bytes]:
    """Raises FileNotFoundError, or what the storage has for it."""
    return cast(IO[bytes], store().open(name_of(key, variant), "rb"))


def need_room(size: int) -> None:
    """NoRoom where a local disk would have too little left for everything else."""
    folder = local_folder()
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    disk = shutil.disk_usage(folder)
    if disk.free - 2 * size < FILES_FREE * disk.total:
        raise NoRoom(after=60)


@contextmanager
def room_or_refused() -> Iterator[None]:
    """What fails within for want of room is NoRoom."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(after=60) from error
        raise


def in_pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    while piece := file.read(size):
        yield piece

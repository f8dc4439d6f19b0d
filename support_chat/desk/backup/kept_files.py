"""The files of chats, where they are kept in a folder. A storage elsewhere has backups of its own."""

import shutil
from pathlib import Path
from typing import Final

from django.conf import settings

from support_chat.desk.files.store import local_folder

FOLDER: Final = "files"


def copy_files(into: Path) -> list[str]:
    """Copy them below `into`; their names there. After the database: what it names was kept before, and is
    never changed. What is removed meanwhile is passed over."""
    kept = local_folder()
    if kept is None or not kept.is_dir():
        return []
    names = []
    for path in sorted(each for each in kept.rglob("*") if each.is_file()):
        name = f"{FOLDER}/{path.relative_to(kept).as_posix()}"
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, target)
        except FileNotFoundError:
            continue
        names.append(name)
    return names


def put_back_files(backup: Path) -> None:
    """Put them where files are kept now. What was there stays beside it, as "….before-restore"."""
    kept = local_folder()
    if kept is None or not (backup / FOLDER).is_dir():
        return
    if kept.is_dir() and any(kept.iterdir()):
        before = kept.with_name(f"{kept.name}.before-restore")
        shutil.rmtree(before, ignore_errors=True)
        kept.rename(before)
    shutil.copytree(backup / FOLDER, kept, dirs_exist_ok=True)
    for path in (kept, *kept.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def elsewhere() -> str:
    """The storage that keeps them, where that is no folder of ours; else ""."""
    return "" if local_folder() is not None else str(settings.STORAGES["files"]["BACKEND"])

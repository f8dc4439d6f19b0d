"""What takes long to make and is the same for all is made by one worker, and found by the others."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills, empty as it is given; nobody changes anything in it afterwards."""
    run = factory.getbasetemp()
    shared = run.parent if run.name.startswith("popen-") else run
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder

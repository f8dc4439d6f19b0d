"""What a machine lacks is said aloud: a failure where everything must run, a named skip elsewhere."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def find_program(name: str, *places: str) -> str | None:
    """The path of a program on PATH or in one of `places` (glob patterns; the newest version wins)."""
    found = [path for place in places for path in Path("/").glob(f"{place}/{name}".lstrip("/"))]
    return shutil.which(name) or next((str(path) for path in sorted(found, reverse=True)), None)


def report_missing(what: str) -> NoReturn:
    """Ends the test: as failed when CI=true, as skipped with the name of what is missing elsewhere."""
    words = f"This machine has no {what}, which this test needs."
    if os.environ.get("CI") == "true":
        pytest.fail(words, pytrace=False)
    pytest.skip(words)

"""Houses are built by one process, started once: settings name one database, and these are many.

A process of its own for each would spend most of its time on starting.
"""

import atexit
import json
import subprocess
import sys
from functools import cache

from tests.services.served import ROOT, own_environment


def build(database_url: str, origins: list[str], capacity: int) -> str:
    """Builds a house in this database; the site's key."""
    builder = _builder()
    assert builder.stdin is not None
    assert builder.stdout is not None
    builder.stdin.write(json.dumps({"url": database_url, "origins": origins, "capacity": capacity}) + "\n")
    builder.stdin.flush()
    key = builder.stdout.readline().strip()
    if not key:
        raise RuntimeError("No house was built; what went wrong stands above.")
    return key


@cache
def _builder() -> "subprocess.Popen[str]":
    words = "from tests.services.builder import main; main()"
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "--command", words]
    environment = own_environment("sqlite:///:memory:")
    builder = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    atexit.register(_end, builder)
    return builder


def _end(builder: "subprocess.Popen[str]") -> None:
    builder.communicate()

"""Other programs, run to their end; what they say when they fail is said to the operator."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from support_chat.desk.backup.errors import BackupError

Environment = Mapping[str, str]


def find(name: str, package: str) -> str:
    """Where a program is. Raises BackupError when it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not installed: it comes with {package}.")
    return found


def major(path: str) -> int:
    """The major version of one of PostgreSQL's programs."""
    said = run([path, "--version"])
    found = re.search(r"(\d+)", said.partition(")")[2])
    if found is None:
        raise BackupError(f"{path} does not say its version: {said!r}")
    return int(found[1])


def run(command: Sequence[str], environment: Environment | None = None) -> str:
    """What it printed. Raises BackupError when it fails."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    _succeeded(command, done.returncode, done.stderr)
    return done.stdout


def pour(opening: str, source: Sequence[str], sink: Sequence[str], environment: Environment) -> None:
    """Run `sink` on `opening` and all that `source` prints. Raises BackupError when one of them fails.

    When `source` fails, `sink` is killed before it sees the end of what it reads.
    """
    with (
        tempfile.TemporaryFile() as words,
        subprocess.Popen(
            sink, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=words, env=environment
        ) as into,
    ):
        try:
            _fill(into.stdin, opening, source)
        except BaseException:
            if not _has_stopped(into):
                into.kill()
                raise
        _succeeded(sink, into.wait(), _said(words))


def _has_stopped(child: "subprocess.Popen[bytes]") -> bool:
    """By itself, so that what fed it could only fail."""
    with suppress(subprocess.TimeoutExpired):
        return child.wait(1.0) != 0
    return False


def _fill(sink: IO[bytes] | None, opening: str, source: Sequence[str]) -> None:
    if sink is None:
        return
    with suppress(BrokenPipeError), tempfile.TemporaryFile() as words:  # a sink that stops says why
        sink.write(opening.encode())
        sink.flush()
        done = subprocess.run(source, stdout=sink, stderr=words, check=False)
        _succeeded(source, done.returncode, _said(words))
        sink.close()


def _said(words: IO[bytes]) -> str:
    words.seek(0)
    return words.read().decode(errors="replace")


def _succeeded(command: Sequence[str], status: int, said: str) -> None:
    if status:
        raise BackupError(f"{Path(command[0]).name} ended with {status}:\n{said.strip()}")

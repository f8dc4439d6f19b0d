"""Packages of npm, by version and digest, for maintainers' programs. Needs npm; users never do."""

import base64
import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

# One executable that needs nothing, not even Node.
ESBUILD = "esbuild@0.28.2"
ESBUILD_EXECUTABLE = (
    "@esbuild/linux-x64@0.28.2",
    "4xTZr1FUmSoQW4XIWmit3tzQrUTZM+N3P0XV8xROKYF50XfI7xeO90+1bZvNwxIufQ9hDQVRJH5YhgPVF8A/HQ==",
)


def unpacked(place: Path, pinned: str, digest: str) -> Path:
    """Fetches one package by its pinned digest into node_modules of `place`; its folder."""
    tarball = place / run(place, "npm", "pack", "--silent", pinned).strip().splitlines()[-1]
    found = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if found != digest:
        sys.exit(f"{pinned}: the tarball's sha512 is {found}, not the pinned one")
    folder = place / "node_modules" / pinned.rsplit("@", 1)[0]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(tarball) as archive:
        archive.extractall(place / "unpacked", filter="data")
    (place / "unpacked" / "package").rename(folder)
    return folder


def esbuild(place: Path) -> str:
    """The path of the executable."""
    return str(unpacked(place, *ESBUILD_EXECUTABLE) / "bin" / "esbuild")


def run(place: Path, *command: str) -> str:
    """What a program printed; stops when it fails."""
    return subprocess.run(command, cwd=place, check=True, text=True, stdout=subprocess.PIPE).stdout

"""The release before this one, as git has it. RELEASE names its commit; a new release puts its own there."""

import subprocess
from pathlib import Path

import pytest

from tests.services.missing import report_missing
from tests.services.served import ROOT

COMMIT = Path(__file__).with_name("RELEASE").read_text().strip()


@pytest.fixture(scope="session")
def release_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the release before, next to which this one runs."""
    if not is_known(COMMIT):
        report_missing(f"history back to {COMMIT[:12]} (`git fetch --unshallow` brings it)")
    folder = tmp_path_factory.mktemp("release_before")
    unpack(COMMIT, folder)
    return folder


def is_known(commit: str) -> bool:
    """Whether git is here and has this commit; a shallow clone and an archive have not."""
    try:
        asked = ["git", "-C", str(ROOT), "cat-file", "-e", f"{commit}^{{commit}}"]
        return subprocess.run(asked, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def unpack(commit: str, folder: Path) -> None:
    """The tree of a commit, as files."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", "--format=tar", commit], check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)

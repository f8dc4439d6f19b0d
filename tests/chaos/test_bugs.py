"""Every bug can be made, is looked for by faults that exist, and is told of in the README."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.bugs import servers
from tests.chaos.bugs.plans import BUGS
from tests.chaos.faults import KINDS
from tests.chaos.findings import ALL
from tests.services.process import clean_environment

EACH_APART = """
import os, sys
import django
django.setup()
from tests.chaos.bugs import servers
wrong = 0
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        getattr(servers, name)()
        os._exit(0)
    wrong += os.waitpid(child, 0)[1] != 0
sys.exit(wrong)
"""
README = (Path(__file__).parent / "README.md").read_text()


@pytest.mark.parametrize("name", BUGS)
def test_a_bug_has_its_patch_its_faults_and_its_promises(name: str) -> None:
    bug = BUGS[name]
    assert callable(getattr(servers, name))
    assert set(bug.kinds) <= set(KINDS)
    assert set(bug.breaks) <= set(ALL)
    assert bug.seconds <= 60


def test_every_patch_fits_the_server_that_it_damages() -> None:
    """Each in a process of its own."""
    made = subprocess.run(
        [sys.executable, "-c", EACH_APART, *BUGS],
        env=clean_environment(DJANGO_SETTINGS_MODULE="support_chat.settings.test"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert made.returncode == 0, made.stderr


def test_the_readme_names_every_bug_and_every_fault() -> None:
    assert [name for name in (*BUGS, *KINDS) if f"`{name}`" not in README] == []

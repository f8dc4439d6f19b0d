"""Every bug can be made, is looked for by faults that exist, and is told of in the README."""

from pathlib import Path

import pytest

from tests.chaos.bugs import servers
from tests.chaos.bugs.plans import BUGS
from tests.chaos.faults import KINDS
from tests.chaos.findings import ALL

README = (Path(__file__).parent / "README.md").read_text()


@pytest.mark.parametrize("name", BUGS)
def test_a_bug_has_its_patch_its_faults_and_its_promises(name: str) -> None:
    bug = BUGS[name]
    assert callable(getattr(servers, name))
    assert set(bug.kinds) <= set(KINDS)
    assert set(bug.breaks) <= set(ALL)
    assert bug.seconds <= 60


def test_the_readme_names_every_bug_and_every_fault() -> None:
    assert [name for name in (*BUGS, *KINDS) if f"`{name}`" not in README] == []

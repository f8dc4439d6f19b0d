"""The README's table of settings is the truth: every variable that the code reads, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'(?:environ(?:\.get)?[\[(]|listed\()"([A-Z_]+)"')
DOCUMENTED = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def variables_read(source: str) -> set[str]:
    return set(READ.findall(source))


def test_every_setting_that_the_code_reads_is_in_the_readme() -> None:
    sources = (ROOT / "support_chat" / "settings").glob("*.py")
    read = set().union(*(variables_read(path.read_text()) for path in sources))
    documented = set(DOCUMENTED.findall((ROOT / "support_chat" / "README.md").read_text()))
    assert documented - {"DJANGO_SETTINGS_MODULE"} == read


def test_a_variable_is_recognised_however_it_is_read() -> None:
    assert variables_read('os.environ["A"]; os.environ.get("B", ""); listed("C", "")') == {"A", "B", "C"}

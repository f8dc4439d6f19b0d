"""No sentence that the desk or the staff's pages say in Python is left out of the catalogues."""

from pathlib import Path
from textwrap import dedent

import pytest

from support_chat.words import ROOT
from tests.promises.bare_sentences import bare_sentences_in

OF_OPERATORS = {"backup", "integrity", "management", "migrations", "replay", "simulation", "evaluation"}
OF_PROGRAMS = ROOT / "agents" / "api"  # what it says against a value is not shown to anybody
PYTHON = [
    path
    for room in (ROOT / "support_chat" / "desk", ROOT / "agents")
    for path in sorted(room.glob("**/*.py"))
    if not OF_OPERATORS & {*path.parts} and path.parent != OF_PROGRAMS
]
# What is kept of a failure, for managers' pages to put into words; and what stands for a body that is lost.
PUT_INTO_WORDS = {"The address was refused: {}", "The address was refused", "This message cannot be shown."}


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_that_the_desk_or_its_pages_say_stands_outside_of_gettext(path: Path) -> None:
    assert set(bare_sentences_in(path.read_text(encoding="utf-8"))) - PUT_INTO_WORDS == set()


@pytest.mark.parametrize(
    "source",
    [
        'raise ValidationError("Write letters alone.")',
        'raise InvalidHours(f"“{text}” is no date", where)',
        '_TAKEN: Final = "Another reply has this shortcut."',
        'form.add_error("to", "Not there.")',
        "words = f\"{gettext('Fine.')} and not so {fine}.\"",
    ],
)
def test_a_sentence_outside_of_gettext_is_found(source: str) -> None:
    assert list(bare_sentences_in(source))


def test_what_is_no_sentence_for_people_is_not_found() -> None:
    source = '''
    """A docstring. It has sentences."""
    log.error("The letter %s was given up.", row)
    raise ValidationError(gettext("Write letters alone.") % known)
    class Closed(Refused):
        message = "This chat is over."
    statement = "SELECT a FROM b WHERE c."
    address = f"{where}: {why}"
    '''
    assert list(bare_sentences_in(dedent(source))) == []

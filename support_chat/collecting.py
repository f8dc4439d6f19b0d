"""Finds the texts that people read where they stand: what gettext and ngettext are called with."""

import ast
import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from support_chat.words import ROOT, STAFF, VISITORS, Face

PLACE: Final = re.compile(r"%\((\w+)\)s")
_OF_DJANGO: Final = ("gettext", "gettext_lazy", "ngettext")
_TEXT: Final = r'\s*("(?:[^"\\\n]|\\.)*")\s*'
# Of a call, what has to be written out; the first is the definition of one.
CALL: Final = re.compile(
    rf"(?:(?<=function )ngettext\()|\bngettext\({_TEXT},{_TEXT},|(?<!n)gettext\({_TEXT},?\s*\)|n?gettext\("
)

# In a template: {% translate "…" %}, _("…"), and {% blocktranslate trimmed … %} with its {% plural %}.
_TAG: Final = re.compile(
    r'(?:{%\s*translate\s+|_\()"([^"]*)"'
    r"|{%\s*blocktranslate\s+trimmed\b.*?%}(.*?)(?:{%\s*plural\s*%}(.*?))?{%\s*endblocktranslate\s*%}"
    r"|{%\s*(?:block)?translate\b",
    re.DOTALL,
)
_PUT_IN: Final = re.compile(r"{{\s*(\w+)\s*}}")


class Found(NamedTuple):
    """`plural` is "" where no number decides; `file` from the project's top."""

    text: str
    plural: str
    file: str


Finder = Callable[[str], Iterator[tuple[str, str]]]


class NotWrittenOut(ValueError):
    """A call whose text is put together: no program can find what it says."""


def texts_in(domain: str, face: Face = VISITORS) -> list[Found]:
    """All texts of browsers ("djangojs") or of servers ("django"), each once, in the order of the files."""
    found: dict[str, Found] = {}
    for rooms, pattern, finds in _finders(domain, face):
        for path in sorted(chain.from_iterable((ROOT / room).glob(pattern) for room in rooms)):
            for text, plural in finds(path.read_text(encoding="utf-8")):
                known = found.setdefault(text, Found(text, plural, str(path.relative_to(ROOT))))
                if plural and not known.plural:
                    found[text] = Found(text, plural, known.file)
    return list(found.values())


def _finders(domain: str, face: Face) -> Iterator[tuple[Sequence[str], str, Finder]]:
    """In which rooms, in which files, and how."""
    if domain == "djangojs":
        yield face.rooms, "static/*/*.js", in_script
        return
    yield (*face.rooms, *face.beside), "**/*.py", of_django if face is STAFF else of_catalogues
    yield face.rooms, "templates/**/*.html", in_template


def in_script(source: str) -> Iterator[tuple[str, str]]:
    for call in CALL.finditer(source):
        one, many, only = (json.loads(text or '""') for text in call.groups())
        if one or only:
            yield one or only, many
        elif not source[: call.start()].endswith("function "):
            raise NotWrittenOut(source[call.start() :].splitlines()[0])


def of_catalogues(source: str) -> Iterator[tuple[str, str]]:
    """What is read from a catalogue in hand, `words.gettext`, or marked to be: by visitors."""
    return (
        (text, "")
        for call in _calls_in(source)
        if getattr(call.func, "attr", "") == "gettext" or getattr(call.func, "id", "") == "gettext_noop"
        for text in _texts_of(call)[:1]
    )


def of_django(source: str) -> Iterator[tuple[str, str]]:
    """What Django translates by its own functions, called by their names: for the staff."""
    for call in _calls_in(source):
        name, texts = getattr(call.func, "id", ""), _texts_of(call)
        if name in _OF_DJANGO and texts:
            yield texts[0], texts[1] if name == "ngettext" else ""


def _calls_in(source: str) -> list[ast.Call]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return sorted(calls, key=lambda node: (node.lineno, node.col_offset))


def _texts_of(call: ast.Call) -> list[str]:
    return [str(each.value) for each in call.args if isinstance(each, ast.Constant)]


def in_template(source: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.finditer(source):
        only, one, many = tag.groups()
        if only is None and one is None:
            raise NotWrittenOut(source[tag.start() :].splitlines()[0])
        yield (only, "") if only else (_trimmed(one), _trimmed(many or ""))


def _trimmed(text: str) -> str:
    """As Django reads a block: its lines one, what is put in by its name."""
    return _PUT_IN.sub(r"%(\1)s", " ".join(line.strip() for line in text.strip().splitlines()))

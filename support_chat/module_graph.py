"""Which JavaScript modules an entry module imports, straight from the sources that the static finders find.

Browsers resolve `import "./timeline.js"` against the address of the importing file. With hashed file names
that address does not exist; the import map built from this graph leads it to the hashed one. File contents
stay as written.
"""

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error

OUR_FOLDERS = ("support_chat/", "widget/", "agents/", "fixtures/")

COMMENT = re.compile(r"/\*\*.*?\*/|^\s*/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
STATIC_IMPORT = re.compile(r"""^(?:import|export)\b(?:[^;'"`]*?\bfrom)?\s*["']([^"'\n]+)["']""", re.MULTILINE)
DYNAMIC_IMPORT = re.compile(r"""\bimport\(\s*["'`]([^"'`$\n]+)["'`]\s*\)""")


class Imports(NamedTuple):
    """What one module names: at its top, and later inside `import()`."""

    static: tuple[str, ...]
    dynamic: tuple[str, ...]


class Graph(NamedTuple):
    """Module names as in {% static %}, importers before what they import."""

    first: tuple[str, ...]  # needed before the entry runs
    later: tuple[str, ...]  # reached through import() only


def module_graph(entry: str) -> Graph:
    """Everything `entry` leads to. Remembered for the life of the process unless DEBUG."""
    return walk(entry) if settings.DEBUG else remembered(entry)


def walk(entry: str) -> Graph:
    first = reach((entry,), dynamic=False)
    everything = reach((entry,), dynamic=True)
    return Graph(first, tuple(name for name in everything if name not in first))


remembered = lru_cache(maxsize=64)(walk)


def reach(entries: tuple[str, ...], *, dynamic: bool) -> tuple[str, ...]:
    found = dict.fromkeys(entries)
    waiting = list(entries)
    while waiting:
        for name in neighbours(waiting.pop(0), dynamic=dynamic):
            if name not in found:
                found[name] = None
                waiting.append(name)
    return tuple(found)


def neighbours(module: str, *, dynamic: bool) -> Iterator[str]:
    path = finders.find(module)
    if not isinstance(path, str):
        return
    named = imports_of(Path(path).read_text(encoding="utf-8"))
    for specifier in named.static + (named.dynamic if dynamic else ()):
        if (name := resolve(module, specifier)) is not None:
            yield name


def imports_of(source: str) -> Imports:
    code = COMMENT.sub("", source)
    return Imports(tuple(STATIC_IMPORT.findall(code)), tuple(DYNAMIC_IMPORT.findall(code)))


def resolve(module: str, specifier: str) -> str | None:
    """The static name that `specifier` means inside `module`; None for anything that is not relative."""
    if not specifier.startswith(("./", "../")):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), specifier))


def check_imports(**_kwargs: object) -> list[CheckMessage]:
    """System check: every import of our own modules leads to a file."""
    return [
        Error(f"{module} imports {specifier!r}, which leads to no static file.", id="support_chat.E001")
        for module, path in our_modules()
        for specifier in dangling(module, path)
    ]


def our_modules() -> Iterator[tuple[str, Path]]:
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            if name.startswith(OUR_FOLDERS) and name.endswith(".js") and "/vendor/" not in name:
                yield name, Path(storage.path(name))


def dangling(module: str, path: Path) -> Iterator[str]:
    named = imports_of(path.read_text(encoding="utf-8"))
    for specifier in named.static + named.dynamic:
        name = resolve(module, specifier)
        if name is None or finders.find(name) is None:
            yield specifier

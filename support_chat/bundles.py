"""The bundles of a release: which there are, and whether they are those of the sources beside them.

`.ci/bundle` makes them for the wheel. ASSETS says what pages use: "modules" as they are written, "bundle", or
"auto": a bundle as long as there is one of these very sources.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error
from django.templatetags.static import PrefixNode, static

from support_chat.module_graph import module_graph
from support_chat.page_files import FOLDER, MANIFEST, PageFiles, digest_of

MODES = ("auto", "modules", "bundle")


class Bundle(NamedTuple):
    """Addresses of one page's files. Their names hold a hash of their content: no import map is needed."""

    script: str
    styles: str
    later_styles: str
    later: dict[str, list[str]]  # by the module that is imported later: the scripts that it takes


def bundle_of(entry: str) -> Bundle | None:
    """What the page that begins with `entry` is to use; None: its modules."""
    return None if settings.ASSETS == "modules" else remembered(entry)


def later_files(page: PageFiles, part: str) -> dict[str, list[str]]:
    """Addresses of all that a page needs when it imports `part`: that itself first."""
    bundle = bundle_of(page.entry)
    if bundle:
        return {"styles": [bundle.later_styles], "modules": bundle.later[part]}
    there = module_graph(page.entry).first
    modules = [static(name) for name in module_graph(part).first if name not in there]
    return {"styles": list(map(static, page.later_styles)), "modules": modules}


@lru_cache(maxsize=8)
def remembered(entry: str) -> Bundle | None:
    made = manifest().get(entry)
    if made is None or made["digest"] != digest_of(sources(made["sources"])):
        return None
    later = {part: list(map(address, names)) for part, names in made["later"].items()}
    return Bundle(address(made["script"]), address(made["styles"]), address(made["later_styles"]), later)


def manifest() -> dict[str, Any]:
    path = finders.find(f"{FOLDER}/{MANIFEST}")
    made: dict[str, Any] = json.loads(Path(path).read_text()) if isinstance(path, str) else {}
    return made


def sources(names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        path = finders.find(name)
        yield name, Path(path).read_bytes() if isinstance(path, str) else b""


def address(name: str) -> str:
    """Where it is served under its own name, without a hash put into it."""
    return urljoin(PrefixNode.handle_simple("STATIC_URL"), name)


def check_assets(**_kwargs: object) -> list[CheckMessage]:
    """System check: ASSETS is a word that we know, and what it asks for is there."""
    if settings.ASSETS not in MODES:
        return [
            Error(f"ASSETS is {settings.ASSETS!r}, not one of {', '.join(MODES)}.", id="support_chat.E002")
        ]
    if settings.ASSETS != "bundle":
        return []
    entries = [*manifest()] or ["anything"]
    return [
        Error(
            f"ASSETS is 'bundle', but there is none of these sources for {entry}: .ci/bundle makes it.",
            id="support_chat.E003",
        )
        for entry in entries
        if remembered(entry) is None
    ]

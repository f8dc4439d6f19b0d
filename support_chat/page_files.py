"""Which modules and style sheets a face's page is made of.

Read by the page, and by what bundles it for a release, which knows no Django.
"""

import hashlib
from collections.abc import Iterable
from typing import Final, NamedTuple

FOLDER: Final = "bundles"  # of static files
MANIFEST: Final = "bundles.json"  # in it
FILES_STYLE: Final = "support_chat/files.css"  # the looks of files, for whoever takes some
FILES_CODE: Final = "support_chat/files_later.js"  # what is imported with the first file


class PageFiles(NamedTuple):
    """Names as in {% static %}."""

    entry: str  # the module that begins; what it imports is found in the sources
    styles: tuple[str, ...]
    later_styles: tuple[str, ...]  # of what is loaded when it is needed


def digest_of(sources: Iterable[tuple[str, bytes]]) -> str:
    """What tells bundles of these sources, by name and content, from those of others."""
    whole = hashlib.sha256()
    for name, content in sources:
        whole.update(f"{name} {len(content)}\n".encode() + content)
    return whole.hexdigest()

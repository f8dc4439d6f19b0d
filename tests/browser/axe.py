"""axe-core in a page: what it finds that shuts somebody out."""

from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Frame, Page

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
SETTLES: Final = 250  # milliseconds until nothing moves any more
# All that axe finds by itself, and the size of targets, which it has to be told.
RUN: Final = """() => axe.run(document, {
    iframes: false, rules: {"target-size": {enabled: true}},
}).then(({violations}) => violations.flatMap(({id, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id}: ${target.join(" ")}: ${failureSummary}`)))"""


class Axe:
    """Looks at a document in both schemes and at every width. `found` is empty where nobody is shut out."""

    def __init__(self, script: Path) -> None:
        self._script = script.read_text(encoding="utf-8")
        self.found: list[str] = []

    def look(self, page: Page, state: str, *, widths: tuple[int, ...], frame: Frame | None = None) -> None:
        """At `page`, or at a frame of it."""
        document: Any = frame or page
        if not document.evaluate("'axe' in window"):
            document.evaluate(self._script)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 720})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.wait_for_timeout(SETTLES)
                self.found += [f"{state}, {width} px, {scheme}: {each}" for each in document.evaluate(RUN)]

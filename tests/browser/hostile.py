"""What somebody writes who wants more than to be read; and a page that notices when they get it."""

from itertools import product
from typing import Any, Final

from playwright.sync_api import Page

RUN: Final = "window.hurt=1"
# What a text may stand in and break out of, and what may run once it has.
WAYS_OUT: Final = (
    "",
    '">',
    "'>",
    "</script>",
    "</title>",
    "</textarea>",
    "-->",
    "]]>",
    "</li></ol>",
    "\\u003c/p>",
    "`}",
)
THINGS: Final = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}//",
    f'<svg onload="{RUN}">',
    f"<svg><animate onbegin={RUN} attributeName=x>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>">',
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f'<a href="javascript:{RUN}">x</a>',
    f'<math><mi xlink:href="javascript:{RUN}">x</mi></math>',
    f"<form id=app><input name=attributes><button formaction=javascript:{RUN}>",
)
MARKUP: Final = [f"{out}{thing}" for out, thing in product(WAYS_OUT, THINGS)]
ADDRESSES: Final = [
    f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})",
    f"[x](java\tscript:{RUN})",
    f"[x](data:text/html,<script>{RUN}</script>)",
    f"![x](x onerror={RUN})",
    f"[![x](javascript:{RUN})](javascript:{RUN})",
    f"[x]: javascript:{RUN}\n[x]",
    f"<javascript:{RUN}>",
    f"vbscript:{RUN} javascript:{RUN} data:text/html,{RUN}",
    f"**<b onmouseover={RUN}>x</b>**",
]
LISTENS: Final = """
addEventListener("securitypolicyviolation", (event) => complain(`policy: ${event.violatedDirective}`));
"""


class Ears:
    """`heard`: each script that ran or wanted to, each error and dialog of this page and those after it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.heard: list[str] = []
        page.expose_function("complain", self._hear)
        page.add_init_script(LISTENS)
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on("dialog", self._refuse)
        page.reload()

    def _hear(self, complaint: str) -> None:
        self.heard.append(complaint)

    def _refuse(self, dialog: Any) -> None:
        self.heard.append(dialog.message)
        dialog.dismiss()

    def nothing_ran(self) -> None:
        assert self._page.evaluate("[window.hurt, ({}).polluted]") == [None, None]
        assert self.heard == []

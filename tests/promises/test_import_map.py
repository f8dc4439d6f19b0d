"""Modules are served as written; the import map leads their addresses to the hashed ones."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template import Context, Template
from django.test import RequestFactory, override_settings

from support_chat.module_graph import check_imports, imports_of, module_graph, remembered, resolve

PAGE = '{% load modules %}{% import_map "shop/a.js" %}|{% module_preloads "shop/a.js" %}'
SOURCES = {
    "shop/a.js": 'import { b } from "./b.js";\nimport "../shared/deep.js"\nimport(`./later.js`);\n',
    "shop/b.js": 'import {\n  a,\n} from "./a.js"; // a cycle\nexport * from "../shared/deep.js";\n',
    "shop/later.js": 'export const title = "</script>";\n',
    "shared/deep.js": '/** @import {X} from "./t.d.ts" */\n// import "./gone.js"\nexport const deep = 1;\n',
}
HASHED = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Path]:
    """A static folder with the modules above, found by the static finders."""
    for name, text in SOURCES.items():
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with override_settings(STATICFILES_DIRS=[tmp_path / "sources"], STATIC_ROOT=tmp_path / "root"):
        forget()
        yield tmp_path / "sources"
    forget()


@pytest.fixture
def collected(sources: Path) -> Iterator[Path]:
    """The same, collected under hashed names."""
    with override_settings(STORAGES=HASHED, STATICFILES_FINDERS=[FILES_ONLY]):
        forget()
        call_command("collectstatic", interactive=False, verbosity=0)
        yield sources


FILES_ONLY = "django.contrib.staticfiles.finders.FileSystemFinder"


def forget() -> None:
    vars(finders)["get_finder"].cache_clear()
    remembered.cache_clear()


def page(**context: object) -> tuple[dict[str, str], list[str], str]:
    """(imports of the map, preloaded addresses, whole text)"""
    text = Template(PAGE).render(Context(context))
    found = re.search(r"<script[^>]*>(.*)</script>", text)
    assert found
    return json.loads(found[1])["imports"], re.findall(r'href="([^"]+)"', unescape(text)), text


def test_the_graph_follows_every_import_once_even_around_a_cycle(sources: Path) -> None:
    graph = module_graph("shop/a.js")
    assert graph.first == ("shop/a.js", "shop/b.js", "shared/deep.js")
    assert graph.later == ("shop/later.js",)


def test_a_module_served_under_its_own_name_needs_no_line_in_the_map(sources: Path) -> None:
    imports, preloads, _ = page()
    assert imports == {}
    assert preloads == ["/static/shop/a.js", "/static/shop/b.js", "/static/shared/deep.js"]


def test_the_map_leads_every_written_address_to_the_hashed_file(collected: Path) -> None:
    imports, preloads, _ = page()
    assert set(imports) == {f"/static/{name}" for name in SOURCES}
    assert all(staticfiles_storage.exists(address.removeprefix("/static/")) for address in imports.values())
    assert preloads == [imports[f"/static/{name}"] for name in [*list(SOURCES)[:2], "shared/deep.js"]]


def test_changing_one_module_changes_one_address(collected: Path) -> None:
    before, _, _ = page()
    (collected / "shared/deep.js").write_text("export const deep = 2;\n")
    call_command("collectstatic", interactive=False, verbosity=0)
    after, _, _ = page()
    assert [name for name in before if before[name] != after[name]] == ["/static/shared/deep.js"]


def test_tags_carry_the_nonce_of_the_request_or_the_one_given(sources: Path) -> None:
    request = RequestFactory().get("/")
    assert page(request=request)[2].count("nonce=") == 0
    vars(request)["csp_nonce"] = "abc"
    assert page(request=request)[2].count(' nonce="abc"') == 4


def test_an_import_that_leads_nowhere_is_a_failed_check(sources: Path) -> None:
    (sources / "widget").mkdir()
    (sources / "widget/x.js").write_text('import { a } from "./gone.js";\nimport { h } from "preact";\n')
    found = [error.msg for error in check_imports()]
    assert found == [
        "widget/x.js imports './gone.js', which leads to no static file.",
        "widget/x.js imports 'preact', which leads to no static file.",
    ]


def test_our_own_modules_import_nothing_that_is_not_there() -> None:
    assert check_imports() == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('import x from "./x.js"', ("./x.js",)),
        ("import * as x from './x.js';", ("./x.js",)),
        ('export {\n  x,\n} from "./x.js";', ("./x.js",)),
        ('  * import { x } from "./x.js"', ()),
        ('/**\nimport x from "./x.js";\n*/', ()),
        ("const s = 'import x from \"./x.js\"';", ()),
    ],
)
def test_only_real_imports_count(source: str, found: tuple[str, ...]) -> None:
    assert imports_of(source).static == found


def test_a_relative_import_is_resolved_as_browsers_do() -> None:
    assert resolve("widget/ui/app.js", "../../support_chat/when.js") == "support_chat/when.js"
    assert resolve("widget/ui/app.js", "https://elsewhere.example/x.js") is None

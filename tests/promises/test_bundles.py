"""Pages use a release's bundles as long as those were made of the very sources that stand beside them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import override_settings

from support_chat import bundles
from support_chat.bundles import check_assets, later_files
from support_chat.module_graph import remembered
from support_chat.page_files import PageFiles, digest_of

PAGE = PageFiles("shop/a.js", styles=("shop/a.css",), later_styles=("shop/later.css",))
HEAD = "{% load modules %}{% page_scripts page 'abc' %}|{% page_styles page %}"
SOURCES = {
    "shop/a.js": 'import("./later.js");\n',
    "shop/later.js": 'import "./part.js";\nimport "./a.js";\n',
    "shop/part.js": "export const part = 1;\n",
    "shop/a.css": "",
    "shop/later.css": "",
}
MADE = {
    "script": "bundles/a-ABCDEFGH.js",
    "styles": "bundles/a-ABCDEFGH.css",
    "later_styles": "bundles/later-ABCDEFGH.css",
    "later": {"shop/later.js": ["bundles/later-ABCDEFGH.js"]},
    "sources": sorted(SOURCES),
    "digest": digest_of((name, SOURCES[name].encode()) for name in sorted(SOURCES)),
}


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Path]:
    """A static folder with the files above and the bundles made of them, and no others."""
    for name, text in {**SOURCES, "bundles/bundles.json": json.dumps({PAGE.entry: MADE})}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    only = "django.contrib.staticfiles.finders.FileSystemFinder"
    with override_settings(STATICFILES_DIRS=[tmp_path], STATICFILES_FINDERS=[only], ASSETS="auto"):
        forget()
        yield tmp_path
    forget()


def forget() -> None:
    vars(finders)["get_finder"].cache_clear()
    remembered.cache_clear()
    bundles.remembered.cache_clear()


def head() -> str:
    return Template(HEAD).render(Context({"page": PAGE}))


BUNDLED = (
    '<script type="module" src="/static/bundles/a-ABCDEFGH.js" nonce="abc"></script>'
    '|<link rel="stylesheet" href="/static/bundles/a-ABCDEFGH.css">'
)


def test_a_page_with_a_bundle_takes_one_script_and_one_style_sheet(sources: Path) -> None:
    assert head() == BUNDLED
    assert later_files(PAGE, "shop/later.js") == {
        "styles": ["/static/bundles/later-ABCDEFGH.css"],
        "modules": ["/static/bundles/later-ABCDEFGH.js"],
    }


def test_a_page_of_modules_takes_them_as_they_are_written(sources: Path, settings: LazySettings) -> None:
    settings.ASSETS = "modules"
    assert 'src="/static/shop/a.js" nonce="abc"' in head()
    assert "bundles" not in head()
    assert later_files(PAGE, "shop/later.js") == {
        "styles": ["/static/shop/later.css"],
        "modules": ["/static/shop/later.js", "/static/shop/part.js"],
    }


@pytest.mark.parametrize("name", ["shop/part.js", "shop/later.css"])
def test_a_bundle_of_other_sources_is_left_alone(sources: Path, name: str) -> None:
    (sources / name).write_text("/* something else */")
    assert "bundles" not in head()


def test_who_asks_for_bundles_that_are_not_there_is_told_before_the_server_starts(
    sources: Path, settings: LazySettings
) -> None:
    settings.ASSETS = "bundle"
    assert check_assets() == []
    (sources / "shop/a.js").write_text("// something else")
    bundles.remembered.cache_clear()
    assert [error.id for error in check_assets()] == ["support_chat.E003"]
    settings.ASSETS = "bundels"
    assert [error.id for error in check_assets()] == ["support_chat.E002"]

"""Colours, spaces and sizes of type of all staff pages stand in one sheet; no other has any of its own."""

import re
from pathlib import Path

import pytest

SHEETS = Path(__file__).parents[2] / "agents/static/agents"
# All but the one that has them, and the one that shows papers which are not ours.
OTHERS = [sheet for sheet in sorted(SHEETS.glob("*.css")) if sheet.name not in {"tokens.css", "looks.css"}]
SIZE = re.compile(r"font(?:-size)?:[^;]*\d(?:px|rem|pt)\b[^;]*;")
SPACE = re.compile(r"^\s*(?:padding|margin|gap|row-gap|column-gap)[a-z-]*:[^;]*;", re.MULTILINE)
PIXELS = re.compile(r"(?<![\w.-])(\d+)px\b")
WIDEST = 28  # of the spaces; what is larger keeps room for something, and less than two pixels is a hair
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)


@pytest.mark.parametrize("sheet", OTHERS, ids=[sheet.name for sheet in OTHERS])
def test_a_sheet_takes_its_colours_spaces_and_sizes_of_type_from_the_one_that_has_them(sheet: Path) -> None:
    text = sheet.read_text("utf-8")
    assert SIZE.findall(text) == []
    spaces = [int(space) for each in SPACE.findall(text) for space in PIXELS.findall(each)]
    assert [space for space in spaces if 2 <= space <= WIDEST] == []
    assert COLOUR.findall(text) == []


@pytest.mark.parametrize("sheet", OTHERS, ids=[sheet.name for sheet in OTHERS])
def test_a_sheet_uses_no_token_that_nobody_has_set(sheet: Path) -> None:
    text = sheet.read_text("utf-8")
    files = [each for each in SHEETS.iterdir() if each.suffix in {".css", ".js"}]
    everywhere = "".join(each.read_text("utf-8") for each in files)
    known = {*re.findall(r"(--[a-z0-9-]+)\"?:", everywhere)}
    assert {*re.findall(r"var\((--[a-z0-9-]+)\)", text)} <= known

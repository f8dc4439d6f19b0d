"""What only the README of the wire says of a command or a code, in words. Tests hold it to the code."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from support_chat import live


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def commands_of(who: str) -> Mapping[str, list[str]]:
    """By name, the rows of the commands of `visitor` or `staff`: command, who, state, …, errors."""
    return {codes(row[0])[0]: row for row in rows("Commands") if row[1] in {who, "both"}}


def errors_of_all() -> list[str]:
    """What every command may be refused by."""
    sentence = re.search(r"every\s+command may be refused with ([^;]+);", section("Commands"))
    return codes(sentence[1]) if sentence else []


def codes(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@lru_cache
def section(heading: str) -> str:
    page = (Path(live.__path__[0]) / "README.md").read_text(encoding="utf-8")
    return page.partition(f"## {heading}\n")[2].partition("\n## ")[0]

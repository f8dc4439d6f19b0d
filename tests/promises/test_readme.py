"""What the README at the top says is so."""

import re
from pathlib import Path

import pytest

from tests.promises.rules.sources import ROOT, read_texts

README = (ROOT / "README.md").read_text()
LINKS = re.compile(r"\]\(([^)#:]+)\)")


def command_under(heading: str) -> str:
    found = re.search(rf"^## {heading}\n+```sh\n(.+?)\n```", README, re.MULTILINE | re.DOTALL)
    assert found, f"no command under {heading!r}"
    return found[1]


@pytest.mark.parametrize("heading", ["Run it", "Test it"])
def test_one_line_is_enough_to_run_it_and_one_to_test_it(heading: str) -> None:
    assert "\n" not in command_under(heading)


def test_the_snippet_is_one_tag_with_the_loader_and_the_key() -> None:
    assert '<script async src="https://chat.example/widget.js" data-site="KEY"></script>' in README


def test_every_link_and_picture_of_every_readme_leads_somewhere() -> None:
    lost = [
        f"{source.path} → {link}"
        for source in read_texts()
        if source.path.endswith("README.md")
        for link in LINKS.findall(source.text)
        if not (ROOT / source.path).parent.joinpath(link).exists()
    ]
    assert lost == []


def test_every_room_of_the_tree_is_there() -> None:
    rooms, parents = [], [ROOT]
    for indent, name in re.findall(r"^ {4}( *)(\w+/) ", README, re.MULTILINE):
        depth = len(indent) // 4
        path: Path = parents[depth] / name
        parents[depth + 1 :] = [path]
        rooms.append(path)
    assert rooms
    assert [room for room in rooms if not room.is_dir()] == []

"""The project's own files, as the rules read them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("support_chat", "widget", "agents", "fixtures")
TEXTS = {".py", ".js", ".mjs", ".ts", ".html", ".css", ".md", ".toml", ".json", ".txt", ".yaml", ".yml", ""}


@dataclass(frozen=True)
class Source:
    """One text file: its path from the top of the project, and its words."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its Python syntax tree."""
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        """Its dotted name, if it is Python."""
        return re.sub(r"(/__init__)?\.py$", "", self.path).replace("/", ".")

    def at(self, node: ast.AST, words: str) -> str:
        """One finding, in the form that editors jump to."""
        return f"{self.path}:{getattr(node, 'lineno', 1)} {words}"


def ignored_patterns() -> list[str]:
    """What .gitignore leaves out, as names to match."""
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return [line.strip("/") for line in lines if line.strip() and not line.startswith("#")]


def is_ours(path: Path) -> bool:
    """Whether a file below the top belongs to the project: not left out, not brought in from elsewhere."""
    inside = path.relative_to(ROOT)
    names = {*inside.parts, *(folder.as_posix() for folder in (inside, *inside.parents))}
    return not any(fnmatch(name, pattern) for name in names for pattern in [*ignored_patterns(), ".git"])


def project_files() -> list[Path]:
    """Every file of the project, hidden ones included."""
    tops = [path for path in sorted(ROOT.iterdir()) if is_ours(path)]
    below = [path for top in tops for path in ([top] if top.is_file() else sorted(top.rglob("*")))]
    return [path for path in below if path.is_file() and is_ours(path)]


def read_texts() -> Iterator[Source]:
    """Every text of the project, vendored files too."""
    for path in project_files():
        if path.suffix in TEXTS:
            yield Source(path.relative_to(ROOT).as_posix(), path.read_text(errors="replace"))


def read_python(*folders: str) -> Iterator[Source]:
    """The Python in some folders, without the migrations that Django writes."""
    for source in read_texts():
        top = source.path.split("/")[0]
        if source.path.endswith(".py") and top in folders and "/migrations/" not in source.path:
            yield source

"""Imports run one way, stand at the top of a file, and the wire knows no database."""

import ast
from collections.abc import Iterator

from tests.promises.rules.shape import functions_of
from tests.promises.rules.sources import Source

# Low to high; a room may import its own and lower ones. What is not named here is free (settings, tags).
LAYERS: tuple[tuple[str, ...], ...] = (
    ("support_chat.live",),
    ("support_chat.desk",),
    ("widget", "agents"),
    ("fixtures",),
    ("support_chat.asgi", "support_chat.urls"),
)
DATABASES = ("django.db", "django.contrib.auth.models", "support_chat.desk.models")


def imported_modules(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every import statement below a node with each module that it may load."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def layer_of(module: str) -> tuple[int, str] | None:
    """Which layer a module belongs to, and which room of it."""
    for height, rooms in enumerate(LAYERS):
        for room in rooms:
            if module == room or module.startswith(f"{room}."):
                return height, room
    return None


def upward_imports(source: Source) -> list[str]:
    """Imports of a higher room, or of the other face."""
    own = layer_of(source.module)
    found = []
    for node, name in imported_modules(source.tree):
        other = layer_of(name)
        if own and other and own != other and other[0] >= own[0]:
            found.append(source.at(node, f"{own[1]} imports {name}"))
    return found


def database_imports(source: Source) -> list[str]:
    """Imports that bring a database or a model into the wire."""
    return [
        source.at(node, f"imports {name}")
        for node, name in imported_modules(source.tree)
        if name.startswith(DATABASES) or ".models" in name
    ]


def hidden_imports(source: Source) -> list[str]:
    """Imports inside a function: a cycle that has been hidden."""
    return [
        source.at(node, f"{function.name} imports {name}")
        for function in functions_of(source)
        for node, name in imported_modules(function)
    ]

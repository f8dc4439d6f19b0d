"""The domain is written in one room, and told about from two places."""

import ast
from collections.abc import Iterator

from tests.promises.rules.sources import Source

# Names that only a model, a manager or a queryset has.
WRITES = {
    *("save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "select_for_update"),
    *("asave", "adelete", "acreate", "aupdate", "abulk_create", "abulk_update"),
    *("aget_or_create", "aupdate_or_create"),
}
QUERIES = {"objects", "filter", "exclude", "all", "get", "order_by", "select_related", "annotate"}
# The action that tells, the journal, the transaction that hands on what was told, and the wire itself.
DESK = "support_chat/desk/"
TELLERS = (f"{DESK}actions/", f"{DESK}journal", f"{DESK}db", "support_chat/live/")


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    """Every call of a method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def chain_of(node: ast.expr) -> set[str]:
    """The names that an expression goes through: {"objects", "filter"} of `Site.objects.filter(…)`."""
    names: set[str] = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return names


def is_write(call: ast.Call, method: ast.Attribute) -> bool:
    """Whether a call changes rows. A dict is updated with another, a row or a queryset with names."""
    if method.attr in WRITES:
        return True
    named = all(keyword.arg for keyword in call.keywords)
    if method.attr == "update":
        return bool(call.keywords) and named and not call.args
    if method.attr == "delete":
        return not call.args and not call.keywords
    return method.attr == "create" and bool(chain_of(method.value) & QUERIES)


def row_writes(source: Source) -> list[str]:
    """Calls that change rows of the domain."""
    return [
        source.at(call, f"writes rows with .{method.attr}()")
        for call, method in calls(source.tree)
        if is_write(call, method)
    ]


def publishing(source: Source) -> list[str]:
    """Calls that tell listeners something, outside the two places that may."""
    if source.path.startswith(TELLERS):
        return []
    return [
        source.at(call, f"calls .{method.attr}()")
        for call, method in calls(source.tree)
        if method.attr in {"publish", "tell"}
    ]

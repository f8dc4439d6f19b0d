"""Short functions, short files, types on everything, and no promise to do it later."""

import ast
import re
from collections.abc import Iterator

from tests.promises.rules.sources import Source

FUNCTION_LINES = 40
FILE_LINES = 300  # that are not blank
# Written apart, so that this file does not hold what it looks for.
MARKS = (
    *("TO" + "DO", "FIX" + "ME", "no" + "qa", "type: " + "ignore", "eslint" + "-disable", "ts-" + "ignore"),
    *(r"mark\." + "skip", r"mark\." + "xfail", r"test\." + "only"),
)
LATER = re.compile("|".join(MARKS))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of(source: Source) -> Iterator[Function]:
    """Every function and method of a file."""
    return (node for node in ast.walk(source.tree) if isinstance(node, Function))


def long_functions(source: Source) -> list[str]:
    """Functions that do not fit a screen."""
    lengths = [(node, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions_of(source)]
    return [source.at(node, f"{node.name} has {n} lines") for node, n in lengths if n > FUNCTION_LINES]


def long_files(source: Source) -> list[str]:
    """Files that hold more than one idea."""
    lines = sum(1 for line in source.text.splitlines() if line.strip())
    return [f"{source.path} has {lines} lines"] if lines > FILE_LINES else []


def untyped_functions(source: Source) -> list[str]:
    """Functions that do not say what they take and what they give."""
    return [
        source.at(node, f"{node.name} lacks types") for node in functions_of(source) if not is_typed(node)
    ]


def is_typed(node: Function) -> bool:
    """Whether every argument (but self and cls) and the result have a type."""
    given = node.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    arguments += [one for one in (given.vararg, given.kwarg) if one]
    named = [one for one in arguments if one.arg not in {"self", "cls"}]
    return node.returns is not None and all(one.annotation for one in named)


def postponements(source: Source) -> list[str]:
    """Marks that put a duty off or silence a checker."""
    return [
        f"{source.path}:{number} {line.strip()[:80]}"
        for number, line in enumerate(source.text.splitlines(), 1)
        if LATER.search(line)
    ]

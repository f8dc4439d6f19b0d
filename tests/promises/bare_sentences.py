"""Sentences in Python that no catalogue knows: whatever reads like one, outside of gettext."""

import ast
import re
from collections.abc import Iterator

WORDS = re.compile(r"[^\W\d_]{2,}\W{1,3}[^\W\d_]{2,}")  # two of them, one after the other
SENTENCE = re.compile(r"(?:[A-Z“„]|\{\}).*[.?!…”]\s*|[A-Z“](?:\S*\s+){3}.*", re.DOTALL)
STATEMENT = re.compile(r"\s*(?:[A-Z]{2,}\b|<)")  # SQL and markup are for machines
TOLD_BY_CODE = "message"  # of a refusal: whoever is refused reads the words of its code
FOR_OPERATORS = {"debug", "info", "warning", "error", "exception", "critical"}
TRANSLATED = re.compile(r"n?gettext(?:_lazy|_noop)?")


def bare_sentences_in(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    known = {id(each) for node in ast.walk(tree) for each in _known_in(node)}
    for node in ast.walk(tree):
        text = "" if id(node) in known else _text_of(node)
        if WORDS.search(text) and SENTENCE.fullmatch(text) and not STATEMENT.match(text):
            yield text


def _known_in(node: ast.AST) -> Iterator[ast.AST]:
    """What in this node is no text for people, is one that a catalogue has, or is a part of a longer one."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield from (each.value for each in node.body[:1] if isinstance(each, ast.Expr))
    if isinstance(node, ast.JoinedStr):
        yield from node.values
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == TOLD_BY_CODE:
        yield node.value
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
        if TRANSLATED.fullmatch(name) or name in FOR_OPERATORS:
            yield from (each for argument in node.args for each in ast.walk(argument))


def _text_of(node: ast.AST) -> str:
    """Of a string, with "{}" for what is put in; "" for everything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text_of(each) or "{}" for each in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

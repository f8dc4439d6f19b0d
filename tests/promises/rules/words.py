"""Words that a person reads or hears: what of a source reaches a screen, and what must not."""

import ast
import re
from collections.abc import Iterator

from tests.promises.rules.sources import Source

# Words of the house: nobody outside it has to learn them.
HOUSE = ("conversation", "entry", "entries", "lease", "deadline", "sort key", "position", "hub", "resume")
# Visitors talk to people, not to an organisation.
VISITORS = ("agent", "agents", "queue", "queues", "operator", "ticket")
# A log of that name is what screen readers look for, in every chat product.
ALLOWED = {"Conversation"}

COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`([^`]*)`')
TEXT = re.compile(r">([^<>{}$`=;]+)<")
LABEL = re.compile(r"(?:aria-label|aria-description|title|placeholder|alt|label)=\"([^\"$]*)\"")
TEMPLATE_CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)


def shown(source: Source) -> Iterator[str]:
    """The words of a source that may reach a screen, a sentence or a label at a time."""
    if source.path.endswith(".html"):
        yield from labels_and_texts(TEMPLATE_CODE.sub(" ", source.text))
    elif source.path.endswith(".js"):
        code = COMMENT.sub(" ", source.text)
        yield from labels_and_texts(code)
        yield from (words for words in strings(code) if is_spoken(words))
    elif source.path.endswith(".py"):
        yield from (words for words in constants(source.tree) if is_spoken(words) and " " in words)


def labels_and_texts(markup: str) -> Iterator[str]:
    """What stands between tags, and what is said about elements."""
    found = [*LABEL.findall(markup), *TEXT.findall(markup)]
    yield from (words.strip() for words in found if is_spoken(words.strip()))


def strings(code: str) -> Iterator[str]:
    """The string literals of JavaScript, without what is put into them."""
    for match in STRING.finditer(code):
        yield re.sub(r"\$\{[^}]*\}", "…", "".join(match.groups("")))


def constants(tree: ast.Module) -> Iterator[str]:
    """The string literals of Python, without docstrings."""
    expressions = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in expressions:
            yield node.value


def is_spoken(words: str) -> bool:
    """Whether a literal is meant for people: it begins like a sentence and names no thing of the code."""
    return bool(re.match(r"[“\"]?[A-ZÀ-Þ…]", words)) and not re.search(r"[_{}=<>]|\w\.\w", words)


def house_words(source: Source) -> list[str]:
    """Words of the house that would be read by somebody."""
    return found_words(source, HOUSE)


def visitor_words(source: Source) -> list[str]:
    """The same, and how we are organised, where visitors read."""
    return found_words(source, HOUSE + VISITORS)


def found_words(source: Source, unwanted: tuple[str, ...]) -> list[str]:
    """Each sentence or label with an unwanted word in it."""
    pattern = re.compile(rf"\b({'|'.join(unwanted)}s?)\b", re.IGNORECASE)
    return [
        f"{source.path} says {words!r}"
        for words in shown(source)
        if pattern.search(words) and words not in ALLOWED
    ]

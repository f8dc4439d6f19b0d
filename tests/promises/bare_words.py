"""Words in a script that no catalogue knows: in markup, in attributes that people hear, in strings."""

import re
from collections.abc import Iterator

from support_chat.collecting import CALL

COMMENT = re.compile(r"/\*.*?\*/|(?:^|(?<=\s))//[^\n]*", re.DOTALL)
PATTERN = re.compile(r"(?<=[=(,] |.\()/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
IMPORT = re.compile(r"^(?:import|export) [^;]*;$", re.MULTILINE)
HEARD = re.compile(r'(?:aria-label|aria-description|title|placeholder|alt)="([^"]+)"')
TAG = re.compile(r"<[^>]*>")
LETTERS = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"[A-Z][a-z]+|.*[a-z] [a-z]", re.DOTALL)


def bare_words_in(source: str) -> Iterator[str]:
    code = CALL.sub("(", PATTERN.sub("", IMPORT.sub("", COMMENT.sub("", source))))
    for text, is_markup in literals_in(code):
        if is_markup:
            yield from (each.strip() for each in TAG.split(text) if LETTERS.search(each))
            yield from (each for each in HEARD.findall(text) if LETTERS.search(each))
        elif SENTENCE.match(text):
            yield text


def literals_in(code: str) -> Iterator[tuple[str, bool]]:
    """Every string, and every template without what is put in; whether it is markup."""
    at = 0
    while found := re.compile(r'"(?:[^"\\\n]|\\.)*"|`').search(code, at):
        at = found.end()
        if found[0] != "`":
            yield found[0][1:-1], False
            continue
        end, fixed, put_in = template_from(code, at)
        yield fixed, code[: found.start()].endswith("html")
        yield from (each for part in put_in for each in literals_in(part))
        at = end


def template_from(code: str, at: int) -> tuple[int, str, list[str]]:
    """Where it ends, its own text, and what is put in."""
    fixed, put_in = "", []
    while code[at] != "`":
        if code.startswith("${", at):
            end = closing_brace(code, at + 2)
            put_in.append(code[at + 2 : end])
            at = end + 1
        else:
            fixed += code[at]
            at += 2 if code[at] == "\\" else 1
    return at + 1, fixed, put_in


def closing_brace(code: str, at: int) -> int:
    depth = 1
    while depth:
        if code[at] == "`":
            at, *_ = template_from(code, at + 1)
            continue
        depth += {"{": 1, "}": -1}.get(code[at], 0)
        at += 1
    return at - 1

"""What is hidden before anything is kept: the numbers of payment cards, and what else a site wants hidden."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from support_chat.desk.cards import cards_in, has_long_number, last_of
from support_chat.desk.ibans import ibans_in
from support_chat.desk.masks import NONE, Masks

WORDS: Final = ("text", "comment", "note", "reason")  # of a body: what people wrote
# Nine digits and more: the first eight name an issuer at most.
_LONG: Final = re.compile(r"\d(?:[ \u00a0\u2009\u202f.\-\u2010-\u2013]?\d){8,}")


@dataclass(frozen=True, slots=True, order=True)
class Hidden:
    """A piece of a text, `kind` "card", "iban" or "own", and what stands in its place."""

    start: int
    end: int
    kind: str
    shown: str


def hidden_in(text: str, masks: Masks = NONE) -> list[Hidden]:
    """What is to be hidden of it, in order; none within another."""
    found: list[Hidden] = []
    if masks is NONE and not has_long_number(text):
        return found
    for kind, spans in (("iban", ibans_in), ("card", cards_in), ("own", masks.patterns_in)):
        if kind != "iban" or masks.iban:
            here = [Hidden(*span, kind, _shown(kind, text[slice(*span)])) for span in spans(text)]
            text = _without(text, here)
            found += here
    return sorted(found)


def masked(text: str, masks: Masks = NONE) -> str:
    """The text with every card number as its last four digits, "•••• 4242", and so on."""
    return _with(text, hidden_in(text, masks))


def masked_preview(text: str, masks: Masks = NONE) -> str:
    """Of what somebody is still typing: a number may become a card's with the next digit, so long ones are
    hidden whole."""
    return _LONG.sub("••••", masked(text, masks))


def masked_body(body: Mapping[str, Any], masks: Masks = NONE) -> Mapping[str, Any]:
    """The body of an entry as it may be kept; `hidden` says what kinds there were."""
    said = {name: words for name in WORDS if isinstance(words := body.get(name), str)}
    found = {name: hidden for name, words in said.items() if (hidden := hidden_in(words, masks))}
    if not found:
        return body
    kinds = sorted({each.kind for hidden in found.values() for each in hidden})
    return {**body, **{name: _with(said[name], hidden) for name, hidden in found.items()}, "hidden": kinds}


def _shown(kind: str, written: str) -> str:
    if kind == "card":
        return f"•••• {last_of(written)}"
    return "••••" if kind == "own" else f"•••• {''.join(filter(str.isalnum, written))[-4:]}"


def _with(text: str, hidden: list[Hidden]) -> str:
    return "".join(_pieces(text, hidden)) if hidden else text


def _pieces(text: str, hidden: list[Hidden]) -> Iterator[str]:
    kept = 0
    for each in hidden:
        yield text[kept : each.start] + each.shown
        kept = each.end
    yield text[kept:]


def _without(text: str, hidden: list[Hidden]) -> str:
    """As long as before, and nothing to be found there any more."""
    for each in hidden:
        text = text[: each.start] + "\0" * (each.end - each.start) + text[each.end :]
    return text

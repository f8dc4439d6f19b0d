"""What people read, in their own language. English stands in the code: what is not translated stays so.

Visitors and the staff have catalogues of their own, in `locale/LANGUAGE/LC_MESSAGES/`: `djangojs.po` of what
browsers say, `django.po` of what servers say. Which languages there are is LANGUAGES and STAFF_LANGUAGES in
the settings. In Python who reads is told by the way of asking: `words.gettext` and `gettext_noop` are a
visitor's, by their chat; Django's own `gettext` and `gettext_lazy` are the staff's, by the request.
"""

import gettext as gnu
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.utils.translation import get_language_info, get_supported_language_variant, to_locale

from support_chat.po import Message, headers_of, messages_in

ROOT: Final = Path(__file__).resolve().parent.parent
PLURALS_TOLD: Final = 200  # numbers: from 100 on every rule repeats
_PLACE: Final = re.compile(r"%\(\w+\)s")
_ISOLATED: Final = "\N{FIRST STRONG ISOLATE}\\g<0>\N{POP DIRECTIONAL ISOLATE}"
_ENGLISH: Final = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n != 1;"'


class Face(NamedTuple):
    """Who reads: whose texts these are, and where they stand; the first room holds the catalogues. `beside`:
    rooms of others in which Django itself speaks to them."""

    rooms: tuple[str, ...]
    beside: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        return ROOT / self.rooms[0] / "locale"


VISITORS: Final = Face(("support_chat", "widget"))
STAFF: Final = Face(("agents",), beside=("support_chat",))
FACES: Final = (VISITORS, STAFF)


def languages_of(face: Face) -> list[str]:
    """English first, which needs no catalogue."""
    return [code for code, _ in (settings.STAFF_LANGUAGES if face is STAFF else settings.LANGUAGES)]


@dataclass(frozen=True, eq=False)
class Words:
    """The texts of one catalogue, by the English one: lists where a number decides, as `plural` says."""

    language: str
    right_to_left: bool
    texts: Mapping[str, str | list[str]]
    plural: Callable[[int], int]
    files: Mapping[str, str]  # where each stands in the sources

    def gettext(self, text: str) -> str:
        told = self.texts.get(text, text)
        return told if isinstance(told, str) else told[0]


def words_in(language: str, domain: str = "django", face: Face = VISITORS) -> Words:
    """As the file stands now: a changed one is read anew."""
    path = catalogue_of(language, domain, face)
    return _read(language, path, path.stat().st_mtime_ns if path.exists() else 0)


def staff_words_in(language: str) -> Words:
    """What the staff's browsers say, with what the modules say that visitors' browsers have too."""
    own, shared = words_in(language, "djangojs", STAFF), words_in(language, "djangojs")
    return _together(own, shared)


@lru_cache(maxsize=8)
def _together(own: Words, shared: Words) -> Words:
    place = f"{VISITORS.rooms[0]}/"
    beside = {text: told for text, told in shared.texts.items() if shared.files[text].startswith(place)}
    return replace(own, texts={**beside, **own.texts})


def catalogue_of(language: str, domain: str, face: Face = VISITORS) -> Path:
    return face.folder / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"


def plurals_in(header: Message) -> int:
    """How many forms a number may ask for."""
    return int(headers_of(header)["plural-forms"].partition("nplurals=")[2].partition(";")[0])


@lru_cache(maxsize=32)
def _read(language: str, path: Path, changed: int) -> Words:
    right_to_left = bool(get_language_info(language)["bidi"])
    header, *messages = messages_in(path.read_text(encoding="utf-8") if changed else _ENGLISH)
    rule = headers_of(header)["plural-forms"].partition("plural=")[2].rstrip(";")
    texts: dict[str, str | list[str]] = {}
    for each in messages:
        if all(each.forms) and not each.fuzzy:
            forms = [_isolated(form) if right_to_left else form for form in each.forms]
            texts[each.text] = forms if each.plural else forms[0]
    files = {each.text: each.file for each in messages}
    return Words(language, right_to_left, texts, gnu.c2py(rule), files)


def _isolated(text: str) -> str:
    """A name from left to right keeps its place, and the words around it theirs."""
    return _PLACE.sub(_ISOLATED, text)


def supported(tag: str) -> str:
    """The language of ours that a tag like "de-AT" means; "" for none."""
    try:
        return get_supported_language_variant(tag.lower())
    except LookupError:
        return ""


def language_for(*tags: str) -> str:
    """The first that we have, or English."""
    return next(filter(None, map(supported, filter(None, tags))), settings.LANGUAGE_CODE)


def staff_language_for(*tags: str) -> str:
    """The first that the staff has, or English."""
    known = languages_of(STAFF)
    return next((each for each in map(supported, filter(None, tags)) if each in known), known[0])


@lru_cache(maxsize=16)
def script_of(words: Words) -> str:
    """What the page's modules read their words from (gettext.js)."""
    plurals = "".join(str(words.plural(n)) for n in range(PLURALS_TOLD))
    told = {"texts": words.texts, "plurals": plurals}
    return f"supportChatWords={json.dumps(told, ensure_ascii=False, separators=(',', ':'))}"

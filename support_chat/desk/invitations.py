"""When a site speaks first: on which pages, after how long, and whether also when nobody is there. Pure.

    {"never": ["*/checkout*", "*/cart*"],
     "rules": [{"words": "Questions about prices?", "path": "/pricing*", "after": 30, "when": "answered"}]}

A pattern is of the path alone, as the address bar shows it; "*" is anything, also nothing. Where a pattern of
`never` fits, nobody is invited. Of several rules that fit a page the first counts. "answered" holds while
somebody can take a chat; "always" also when nobody can, and then it leads to the message form. null invites
nobody, and lets no agent do so either (actions/inviting.py).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Meta

from support_chat.desk.invalid import Invalid, converted

MOST: Final = 5
LONGEST: Final = 160  # characters: more covers too much of a phone
SOONEST: Final = 5  # seconds on the page: who is spoken to sooner has seen nothing yet
LATEST: Final = 600
# Each star costs a browser time to look for; three are enough for any website.
PATTERN: Final = r"\A(?=[/*])(?:[^\s*?#]*\*){,3}[^\s*?#]*\Z"
LONGEST_PATTERN: Final = 200  # characters
NEVER: Final = ("*/checkout*", "*/cart*")

Pattern = Annotated[str, Meta(max_length=LONGEST_PATTERN, pattern=PATTERN)]


class InvalidInvitations(Invalid):
    """In words."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: Annotated[str, Meta(max_length=LONGEST, pattern=r"\A\S(.*\S)?\Z")]
    path: Pattern
    after: Annotated[int, Meta(ge=SOONEST, le=LATEST)]  # seconds on the page
    when: Literal["answered", "always"]


class Invitations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    never: Annotated[tuple[Pattern, ...], Meta(max_length=20)] = NEVER
    rules: Annotated[tuple[Rule, ...], Meta(max_length=MOST)] = ()


def invitations_of(value: Any) -> Invitations:
    """From their JSON. InvalidInvitations says what is wrong where."""
    if value is None:
        return Invitations()
    invitations: Invitations = converted(value, Invitations, InvalidInvitations)
    return invitations


def is_pattern(text: str) -> bool:
    return len(text) <= LONGEST_PATTERN and re.search(PATTERN, text) is not None


def rules_that_hold(invitations: Invitations, *, answered_for: float) -> Sequence[Rule]:
    """For a page that is loaded now, while chats are answered for so many seconds more: nobody is promised an
    answer for a moment when the team has gone home."""
    return [rule for rule in invitations.rules if rule.when == "always" or rule.after < answered_for]


def is_never(invitations: Invitations, page: str) -> bool:
    """Whether nobody is invited on this page, by its address."""
    return any(_fits(each, page) for each in invitations.never)


def words_for(invitations: Invitations, page: str) -> str:
    """What the first rule says that fits this page; "" where none does."""
    return next((rule.words for rule in invitations.rules if _fits(rule.path, page)), "")


def in_addresses(pattern: str) -> str:
    """Where people write "ü" browsers say "%C3%BC"; what is written so already stays."""
    return quote(pattern, safe="/*%!$&'()+,:;=@[]|")


def _fits(pattern: str, page: str) -> bool:
    """As the script on the page has it (widget/static/widget/invite.js)."""
    return _compiled(pattern).fullmatch(urlsplit(page).path or "/") is not None


@lru_cache(1_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, in_addresses(pattern).split("*"))), re.IGNORECASE)

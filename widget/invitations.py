"""The rules by which a site speaks first, as they hold now, and what carries them out."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from support_chat.desk.availability import answered_for
from support_chat.desk.invitations import (
    InvalidInvitations,
    Invitations,
    Rule,
    in_addresses,
    invitations_of,
    rules_that_hold,
)
from support_chat.desk.models.site import Site
from support_chat.words import Words
from widget.packing import Packed, in_every_coding, pack

SOURCE: Final = Path(__file__).parent / "static" / "widget" / "invite.js"
NOTHING: Final = in_every_coding("")
KEPT: Final = 200  # scripts, packed; one takes about 6 KB


def packed_invitations(site: Site, now: datetime, words: Words) -> Packed:
    try:
        invitations = invitations_of(site.invitations)
    except InvalidInvitations:  # they were kept under other rules: nobody is invited
        return NOTHING
    if not invitations.rules:
        return NOTHING
    rules = rules_that_hold(invitations, answered_for=answered_for(site, now))
    if not rules:
        return NOTHING
    told = json.dumps(told_page(site, invitations, rules, words), ensure_ascii=False, separators=(",", ":"))
    return packed_script(told, SOURCE.stat().st_mtime_ns)


def told_page(site: Site, invitations: Invitations, rules: Sequence[Rule], words: Words) -> dict[str, Any]:
    """What a page is told; when a rule holds is nothing to it any more."""
    close = words.gettext("Close")
    said = [{"words": each.words, "path": in_addresses(each.path), "after": each.after} for each in rules]
    never = [in_addresses(each) for each in invitations.never]
    return {"site": site.public_key, "close": close, "never": never, "rules": said}


@lru_cache(maxsize=KEPT)
def packed_script(told: str, _changed: int) -> Packed:
    code = pack(SOURCE.read_text(encoding="utf-8")).removesuffix(";")
    return in_every_coding(f"{code}({told});")

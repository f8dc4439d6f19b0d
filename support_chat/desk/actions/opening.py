"""What supervisors tell all visitors of a site: a notice, and that no new chats are taken for a while."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from support_chat.desk.access import Staff, site_to_supervise
from support_chat.desk.actions.configuring import hold_site, put, settle
from support_chat.desk.database_time import database_now
from support_chat.desk.masking import masked
from support_chat.desk.telling import Telling
from support_chat.settings.chat import PAUSE_LASTS

Standing = dict[str, Any]


def set_notice(*, staff: Staff, site: str, text: str) -> Standing:
    """A line above the visitor's text box; "" takes it away. Returns how the site stands, as it is told."""
    return _set(staff, site, {"notice": masked(text)})


def pause(*, staff: Staff, site: str, text: str, until: int | None = None) -> Standing:
    """No new chats for so many seconds, but messages with an address to answer to. Chats that wait go on."""
    ends = database_now() + timedelta(seconds=until or PAUSE_LASTS)
    return _set(staff, site, {"paused_until": ends, "pause_text": masked(text)})


def resume_chats(*, staff: Staff, site: str) -> Standing:
    """New chats are taken again. Resuming what is not paused is done."""
    return _set(staff, site, {"paused_until": None, "pause_text": ""})


def _set(staff: Staff, site: str, values: Mapping[str, Any]) -> Standing:
    known = site_to_supervise(staff, site)
    with Telling() as telling:
        row = hold_site(known.pk)
        put(row, values, allowed=values.keys(), by=staff.user, site=row)
        standing = settle(telling, row)
    return standing.words(database_now())

"""Canned replies are brought in, many at once: all of them or none."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from support_chat.desk.access import Staff
from support_chat.desk.actions.canned_replies import put_reply, saving, set_values, written_down
from support_chat.desk.database_time import database_now
from support_chat.desk.library import site_to_write_for
from support_chat.desk.models import CannedReply, ReplyVersion, Site

MOST: Final = 500  # at once: one transaction, short enough for whoever writes beside it

Values = Mapping[str, Any]
Key = tuple[bool, str, str]  # personal, shortcut, language


def import_replies(*, staff: Staff, site: str, replies: Sequence[Values]) -> int:
    """Each as `make_reply` takes it, `personal`, `shortcut` and `locale` given; what is there under these
    three becomes as it is given. How many are new or not as they were. ValidationError where any is wrong:
    then nothing is done."""
    if len(replies) > MOST:
        raise ValidationError(gettext("Bring in at most %(most)s replies at once.") % {"most": MOST})
    where = site_to_write_for(staff, site)
    with saving():
        known = known_replies(staff, where, held=True)
        new = [values for values in replies if key_of(values) not in known]
        changed = [known[key_of(values)] for values in replies if key_of(values) in known]
        wanted = [values for values in replies if key_of(values) in known]
        count = sum(put_reply(row, values, staff=staff) for row, values in zip(changed, wanted, strict=True))
        _make(staff, where, new)
    return count + len(new)


def known_replies(staff: Staff, site: Site, *, held: bool = False) -> dict[Key, CannedReply]:
    """Those of this site that an import may change: shared ones, and their own."""
    rows = CannedReply.objects.filter(site=site, deleted_at=None).select_related("queue", "owner", "site")
    if held:
        rows = rows.select_for_update(no_key=True, of=("self",))
    owner = staff.agent.pk if staff.agent else None
    theirs = [row for row in rows.order_by("pk") if row.owner_id in (None, owner)]
    return {(row.personal, row.shortcut, row.locale): row for row in theirs}


def key_of(values: Values) -> Key:
    return bool(values["personal"]), str(values["shortcut"]), str(values["locale"])


def _make(staff: Staff, site: Site, replies: Sequence[Values]) -> None:
    now = database_now()
    rows = [CannedReply(site=site, made_at=now, saved=1) for _ in replies]
    for row, values in zip(rows, replies, strict=True):
        set_values(row, values, staff=staff)
    made = CannedReply.objects.bulk_create(rows)
    ReplyVersion.objects.bulk_create(
        ReplyVersion(reply=row, number=1, values=written_down(row), by=staff.user, at=now) for row in made
    )

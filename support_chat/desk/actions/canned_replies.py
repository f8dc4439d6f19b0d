"""Canned replies are written, moved, deleted and brought back; every save is kept as a version."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext, gettext_lazy

from support_chat.desk.access import Staff
from support_chat.desk.card_free import valid_without_card
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotFound
from support_chat.desk.library import (
    canned_replies_to_arrange,
    canned_reply_to_arrange,
    site_to_write_for,
)
from support_chat.desk.models import CannedReply, Queue, ReplyVersion, Site, User

Values = Mapping[str, Any]
TEXTS: Final = ("shortcut", "title", "text", "folder", "locale")
SETTABLE: Final = (*TEXTS, "queue", "personal")
MOST: Final = 5_000  # of a site: consoles know them all
VERSIONS: Final = 50  # kept of each reply, the newest
_TAKEN: Final = gettext_lazy("Another reply has this shortcut in this language.")
_NOT_YOURS: Final = gettext_lazy("Only managers write replies for others.")


def make_reply(*, staff: Staff, site: str, values: Values) -> CannedReply:
    """A new one of `SETTABLE`: `queue` the public id of the only queue it is for, or "" for the whole site;
    `personal`: for its author alone. ValidationError by name says what is wrong."""
    where = site_to_write_for(staff, site)
    if where.canned_replies.count() >= MOST:
        raise ValidationError(
            {"shortcut": [gettext("A site has at most %(most)s replies.") % {"most": MOST}]}
        )
    with saving():
        row = CannedReply(site=where, made_at=database_now())
        put_reply(row, {"personal": where.pk not in staff.managed, "queue": "", **values}, staff=staff)
    return row


def change_reply(*, staff: Staff, reply: str, values: Values) -> CannedReply:
    """The same of one that is there. What is as it was makes no version."""
    with saving():
        row = _held(canned_reply_to_arrange(staff, reply))
        put_reply(row, values, staff=staff)
    return row


def bring_back_version(*, staff: Staff, reply: str, number: int) -> CannedReply:
    """As it stood then, which is a new version. For whom it is stays as it is now."""
    row = canned_reply_to_arrange(staff, reply)
    version = row.versions.filter(number=number).first()
    if version is None:
        raise NotFound
    texts = {name: version.values[name] for name in TEXTS if name in version.values}
    return change_reply(staff=staff, reply=reply, values=texts)


def move_replies(*, staff: Staff, replies: Collection[str], folder: str) -> int:
    """Those of these that are theirs into one folder, all or none; how many."""
    with transaction.atomic(durable=True):
        rows = _several(staff, replies)
        for row in rows:
            put_reply(row, {"folder": folder}, staff=staff)
    return len(rows)


def delete_replies(*, staff: Staff, replies: Collection[str]) -> int:
    """Nobody is offered them any more. What was learnt and counted of them stays, for they may come back."""
    with transaction.atomic(durable=True):
        rows, now = _several(staff, replies), database_now()
        for row in rows:
            row.deleted_at, row.deleted_by = now, staff.user
            row.save(update_fields=["deleted_at", "deleted_by"])
    return len(rows)


def bring_back_replies(*, staff: Staff, replies: Collection[str]) -> int:
    """Those of these that were deleted, all or none. ValidationError where a shortcut is another's by now."""
    with saving():
        rows = [_held(canned_reply_to_arrange(staff, each, deleted=True)) for each in sorted(set(replies))]
        for row in rows:
            row.deleted_at = row.deleted_by = None
            _check_shortcut(row)
            row.save(update_fields=["deleted_at", "deleted_by"])
    return len(rows)


@contextmanager
def saving() -> Iterator[None]:
    """One transaction; whoever was overtaken with a shortcut is told that it is taken."""
    try:
        with transaction.atomic(durable=True):
            yield
    except IntegrityError as error:
        raise ValidationError({"shortcut": [_TAKEN]}) from error


def put_reply(row: CannedReply, values: Values, *, staff: Staff) -> bool:
    """Set what differs on this row, which is held or new, within a transaction; whether anything did."""
    before = written_down(row) if row.pk else None
    set_values(row, values, staff=staff)
    _check_shortcut(row)
    after = written_down(row)
    if after == before:
        return False
    now = database_now()
    if before is not None and row.saved == 0:  # it is from before versions were kept
        _keep(row, before, by=None, at=row.made_at)
    row.save()
    _keep(row, after, by=staff.user, at=now)
    return True


def written_down(row: CannedReply) -> dict[str, Any]:
    """All that a version says of it."""
    texts = {name: getattr(row, name) for name in TEXTS}
    owner = row.owner.public_id if row.owner else None
    return {**texts, "queue": row.queue.public_id if row.queue else None, "owner": owner}


def tidy_folder(folder: str) -> str:
    """ "Orders/ Abroad " is "Orders / Abroad"."""
    return " / ".join(part for part in (" ".join(each.split()) for each in folder.split("/")) if part)


def _held(row: CannedReply) -> CannedReply:
    rows = CannedReply.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("site", "queue", "owner").get(pk=row.pk)


def _several(staff: Staff, replies: Collection[str]) -> list[CannedReply]:
    keys = canned_replies_to_arrange(staff).filter(public_id__in=replies, deleted_at=None)
    return [_held(row) for row in keys.order_by("pk")]


def set_values(row: CannedReply, values: Values, *, staff: Staff) -> None:
    """On the row alone. ValidationError by name says what is wrong."""
    wrong: dict[str, Sequence[str]] = {}
    for name in values:
        try:
            _set_one(row, name, values[name], staff)
        except ValidationError as error:
            wrong[name] = error.messages
    missing = [name for name in ("shortcut", "title", "text") if not getattr(row, name) and name not in wrong]
    wrong |= {name: [gettext("This is needed.")] for name in missing}
    if wrong:
        raise ValidationError({name: list(words) for name, words in wrong.items()})


def _set_one(row: CannedReply, name: str, value: Any, staff: Staff) -> None:
    if name == "queue":
        row.queue = _queue(row.site, value)
    elif name == "personal":
        _set_owner(row, bool(value), staff)
    elif name == "shortcut" and not re.fullmatch(r"[\w-]*", str(value).strip(), re.ASCII):
        raise ValidationError(gettext("Write letters, digits, “-” and “_” alone."))
    elif name in TEXTS:
        _check_signs(str(value))
        valid_without_card(value)
        field: Any = CannedReply._meta.get_field(name)
        setattr(row, name, field.clean(tidied(name, str(value)), row))
    else:
        raise ValidationError(gettext("There is no such setting here."))


def _check_signs(text: str) -> None:
    """No database keeps these."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValidationError(gettext("There are signs in it that are no text."))


def tidied(name: str, text: str) -> str:
    """As it is kept."""
    if name == "text":
        return re.sub(r"\r\n?", "\n", text).strip()
    if name == "folder":
        return tidy_folder(text)
    return text.strip().lower() if name == "locale" else text.strip()


def _queue(site: Site, public_id: str | None) -> Queue | None:
    if not public_id:
        return None
    queue = Queue.objects.filter(site=site, public_id=public_id).first()
    if queue is None:
        raise ValidationError(gettext("This site has no such queue."))
    return queue


def _set_owner(row: CannedReply, personal: bool, staff: Staff) -> None:
    if not personal:
        if row.site_id not in staff.managed:
            raise ValidationError(_NOT_YOURS)
        row.owner = None
    elif row.owner_id is None:
        if staff.agent is None:
            raise ValidationError(gettext("Only who answers chats has replies of their own."))
        row.owner = staff.agent


def _check_shortcut(row: CannedReply) -> None:
    same = CannedReply.objects.filter(site=row.site_id, shortcut=row.shortcut, locale=row.locale)
    if same.filter(owner=row.owner_id, deleted_at=None).exclude(pk=row.pk).exists():
        raise ValidationError({"shortcut": [_TAKEN]})


def _keep(row: CannedReply, values: Values, *, by: User | None, at: datetime | None) -> None:
    row.saved = (row.versions.aggregate(newest=Max("number"))["newest"] or 0) + 1
    ReplyVersion.objects.create(reply=row, number=row.saved, values=dict(values), by=by, at=at)
    row.versions.filter(number__lte=row.saved - VERSIONS).delete()
    CannedReply.objects.filter(pk=row.pk).update(saved=row.saved)

"""Filters under a name: made, changed and thrown away by who made them; shared ones by supervisors too."""

from uuid import UUID

import msgspec
from django.db import transaction

from support_chat.desk.access import Staff
from support_chat.desk.card_free import unless_card
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import IdReused, NotAllowed, NotFound
from support_chat.desk.filtering import Moment, matching
from support_chat.desk.models import SavedFilter
from support_chat.desk.views import filter_for
from support_chat.live.order_frames import Rules
from support_chat.live.refusals import BadField

MOST = 50  # that one person has made: one row shows them


def save_filter(
    *,
    staff: Staff,
    client_id: UUID,
    site: str,
    name: str,
    rules: Rules,
    shared: bool = False,
    known: str | None = None,
) -> SavedFilter:
    """A new one of this site, or with `known`, its id, that one of it anew. Only who supervises the site
    shares. IdReused where the client_id has made another one."""
    here = next((each for each in staff.sites if each.public_key == site), None)
    if here is None:
        raise NotFound
    if shared and here.pk not in staff.supervised:
        raise NotAllowed
    matching(rules, Moment(None, database_now()))  # what cannot be asked is not kept
    values = {"name": name.strip(), "rules": msgspec.to_builtins(rules), "shared": shared}
    for field in ("name", "rules"):
        unless_card(field, values[field])
    with transaction.atomic(durable=True):
        if known is not None:
            row = _theirs(staff, known)
            if row.site_id != here.pk:
                raise NotFound
            SavedFilter.objects.filter(pk=row.pk).update(**values)
            return filter_for(staff, known)
        if SavedFilter.objects.filter(made_by=staff.user).exclude(client_id=client_id).count() >= MOST:
            raise BadField("name")
        values |= {"site": here}
        made, _ = SavedFilter.objects.get_or_create(made_by=staff.user, client_id=client_id, defaults=values)
        if any(getattr(made, name) != value for name, value in values.items()):
            raise IdReused
    return filter_for(staff, made.public_id)


def delete_filter(*, staff: Staff, known: str) -> None:
    with transaction.atomic(durable=True):
        _theirs(staff, known).delete()


def _theirs(staff: Staff, known: str) -> SavedFilter:
    row = filter_for(staff, known)
    if row.made_by_id != staff.user.pk and not (row.shared and row.site_id in staff.supervised):
        raise NotAllowed
    return row

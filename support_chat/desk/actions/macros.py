"""Macros are written, deleted and brought back. The console runs them: each step is an ordinary action."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, gettext_lazy

from support_chat.desk.access import Staff
from support_chat.desk.card_free import valid_without_card
from support_chat.desk.database_time import database_now
from support_chat.desk.library import agents_to_hand_to, macro_to_arrange, site_to_write_for
from support_chat.desk.macros import HandOver, Step, Transfer, steps_of
from support_chat.desk.models import Macro, Queue, Site

MOST: Final = 200  # of a site: more, and nobody finds any
_TAKEN: Final = gettext_lazy("Another macro has this name.")


def make_macro(*, staff: Staff, site: str, values: Mapping[str, Any]) -> Macro:
    """`name`, `steps` as desk/macros.py has them, `personal`. ValidationError by name says what is wrong."""
    where = site_to_write_for(staff, site)
    with _saving():
        if Macro.objects.filter(site=where, deleted_at=None).count() >= MOST:
            raise ValidationError({"name": [gettext("A site has at most %(most)s macros.") % {"most": MOST}]})
        row = Macro(site=where)
        _set(row, {"personal": where.pk not in staff.managed, **values}, staff)
        row.save()
    return row


def change_macro(*, staff: Staff, macro: str, values: Mapping[str, Any]) -> Macro:
    """The same of one that is there."""
    known = macro_to_arrange(staff, macro)
    with _saving():
        row = _held(known)
        _set(row, values, staff)
        row.save()
    return row


def delete_macro(*, staff: Staff, macro: str) -> Macro:
    known = macro_to_arrange(staff, macro)
    with transaction.atomic(durable=True):
        row = _held(known)
        row.deleted_at = database_now()
        row.save(update_fields=["deleted_at"])
    return row


def bring_back_macro(*, staff: Staff, macro: str) -> Macro:
    """ValidationError where its name is another's by now."""
    known = macro_to_arrange(staff, macro, deleted=True)
    with _saving():
        row = _held(known)
        row.deleted_at = None
        _check_name(row)
        row.save(update_fields=["deleted_at"])
    return row


def _held(row: Macro) -> Macro:
    rows = Macro.objects.select_for_update(no_key=True, of=("self",)).select_related("site", "owner")
    return rows.get(pk=row.pk)


def _set(row: Macro, values: Mapping[str, Any], staff: Staff) -> None:
    wrong: dict[str, list[str]] = {}
    for name, value in values.items():
        try:
            _set_one(row, name, value, staff)
        except ValidationError as error:
            wrong[name] = error.messages
    if wrong:
        raise ValidationError(wrong)
    _check_name(row)


def _set_one(row: Macro, name: str, value: Any, staff: Staff) -> None:
    if name == "personal":
        _set_owner(row, bool(value), staff)
    elif name in ("name", "steps"):
        valid_without_card(value)
        field: Any = Macro._meta.get_field(name)
        setattr(row, name, field.clean(value.strip() if isinstance(value, str) else value, row))
        if name == "steps":
            _check_targets(row.site, steps_of(value))
    else:
        raise ValidationError(gettext("There is no such setting here."))


def _set_owner(row: Macro, personal: bool, staff: Staff) -> None:
    if not personal and row.site_id not in staff.managed:
        raise ValidationError(gettext("Only managers write macros for others."))
    if personal and staff.agent is None and row.owner_id is None:
        raise ValidationError(gettext("Only who answers chats has macros of their own."))
    row.owner = (row.owner or staff.agent) if personal else None


def _check_targets(site: Site, steps: Sequence[Step]) -> None:
    queues = {step.to_queue for step in steps if isinstance(step, Transfer)}
    if Queue.objects.filter(site=site, public_id__in=queues).count() != len(queues):
        raise ValidationError(gettext("This site has no such queue."))
    agents = {step.to_agent for step in steps if isinstance(step, HandOver)}
    if agents_to_hand_to(site).filter(public_id__in=agents).count() != len(agents):
        raise ValidationError(gettext("This site has no such agent."))


def _check_name(row: Macro) -> None:
    same = Macro.objects.filter(site=row.site_id, name=row.name, owner=row.owner_id, deleted_at=None)
    if same.exclude(pk=row.pk).exists():
        raise ValidationError({"name": [_TAKEN]})


@contextmanager
def _saving() -> Iterator[None]:
    try:
        with transaction.atomic(durable=True):
            yield
    except IntegrityError as error:
        raise ValidationError({"name": [_TAKEN]}) from error

"""Settings of sites, queues and agents: checked, written and recorded in one place, whoever sets them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from support_chat.desk.access import Staff, queue_to_manage, site_to_manage
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.availability import look_again, tell_availability
from support_chat.desk.alerts import is_https, place_of
from support_chat.desk.availability import Availability
from support_chat.desk.card_free import valid_without_card
from support_chat.desk.database_time import database_now
from support_chat.desk.models import Agent, Queue, SettingChange, Site, User
from support_chat.desk.site_masks import forget_masks
from support_chat.desk.telling import Telling

Values = Mapping[str, Any]
SITE_SETTINGS: Final = (
    *("name", "locale", "time_zone", "hours", "allowed_origins"),
    *("colour", "side", "welcome", "welcome_more", "starters", "prechat", "invitations"),
    *("previews", "verified_only", "masks"),
)
_ADDRESSES: Final = {"allowed_origins", "alerts"}  # long numbers in them are names of machines, and secrets
QUEUE_SETTINGS: Final = (
    *("name", "routing", "strategy", "offer_lasts", "backup_after", "cool_down", "relaxes_after"),
    *(
        "first_reply_within",
        "skills",
        "speaks_locale",
        "hours",
        "closes_at_waiting",
        "closes_at_wait",
        "alerts",
        "alerts_language",
    ),
)


def change_site(*, staff: Staff, site: str, values: Values) -> Site:
    """A manager sets some of `SITE_SETTINGS`. ValidationError by name says what is wrong."""
    known = site_to_manage(staff, site)
    with Telling() as telling:
        row = hold_site(known.pk)
        put(row, values, allowed=SITE_SETTINGS, by=staff.user, site=row)
        settle(telling, row)
        telling.after(partial(assign_waiting, site=row.pk))
        telling.after(forget_masks)
    return row


def change_queue(*, staff: Staff, queue: str, values: Values) -> Queue:
    """The same of a queue and `QUEUE_SETTINGS`: from now on its chats are given as they say."""
    known = queue_to_manage(staff, queue)
    with Telling() as telling:
        site = hold_site(known.site_id)
        row = (
            Queue.objects.select_for_update(no_key=True, of=("self",)).select_related("site").get(pk=known.pk)
        )
        put(row, values, allowed=QUEUE_SETTINGS, by=staff.user, site=site)
        settle(telling, site)
        telling.after(partial(assign_waiting, site=site.pk))
    return row


def hold_site(pk: int) -> Site:
    return Site.objects.select_for_update(no_key=True).get(pk=pk)


def settle(telling: Telling, site: Site) -> Availability:
    """Visitors hear of it at once, and of what the clock will make of it in time."""
    look_again(site, now=database_now())
    return tell_availability(telling, site)


def put(row: Site | Queue | Agent, values: Values, *, allowed: Collection[str], by: User, site: Site) -> None:
    """Set what differs on this row, which is held, and keep who did, when, from what to what, for which
    site."""
    before = {name: getattr(row, name) for name in values if name in allowed}
    _check(row, values, allowed)
    changed = {name: value for name, value in values.items() if value != before[name]}
    if not changed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    note(row, {name: [before[name], value] for name, value in changed.items()}, by=by, site=site)


def note(row: Site | Queue | Agent, changes: Values, *, by: User, site: Site) -> None:
    """Keep who changed something, when, from what to what: {name: [before, after]}."""
    SettingChange.objects.create(
        site=site,
        queue=row if isinstance(row, Queue) else None,
        agent=row if isinstance(row, Agent) else None,
        by=by,
        values={name: [_plain(name, each) for each in pair] for name, pair in changes.items()},
        at=database_now(),
    )


def _check(row: Site | Queue | Agent, values: Values, allowed: Collection[str]) -> None:
    wrong: dict[str, Any] = {}
    for name, value in values.items():
        try:
            _check_one(row, name, value, allowed)
        except ValidationError as error:
            wrong[name] = error.messages
    if wrong:
        raise ValidationError(wrong)


def _check_one(row: Site | Queue | Agent, name: str, value: Any, allowed: Collection[str]) -> None:
    if name not in allowed:
        raise ValidationError(gettext("There is no such setting here."))
    field: Any = row._meta.get_field(name)
    field.clean(value, row)
    if name not in _ADDRESSES:
        valid_without_card(value)
    for validate in field.validators if value is not None else ():
        validate(value)  # Django passes over what is empty: [] is no hours either
    if not _are_queues(row, _queues_in(name, value)):
        raise ValidationError(gettext("This site has no such queue."))
    if name == "name" and isinstance(row, Queue) and _is_taken(row, value):
        raise ValidationError(gettext("Another queue of this site has this name."))


def _queues_in(name: str, value: Any) -> set[str]:
    """The queues that a setting leads to, by public id; the setting is known to be well formed."""
    leads = {"starters": value, "prechat": (value or {}).get("about", ()) if name == "prechat" else ()}
    return {each["queue"] for each in leads.get(name, ()) if each.get("queue")}


def _are_queues(site: Site | Queue | Agent, queues: Collection[str]) -> bool:
    return Queue.objects.filter(site=site.pk, public_id__in=queues).count() == len(queues)


def _is_taken(queue: Queue, name: str) -> bool:
    return Queue.objects.filter(site=queue.site_id, name=name).exclude(pk=queue.pk).exists()


def _plain(name: str, value: Any) -> Any:
    """As it is kept for ever: of a webhook's address, which is a secret, its host alone."""
    if name == "alerts":
        return [
            {**step, "to": place_of(to)} if is_https(to := step.get("to", "")) else step
            for step in value or ()
        ]
    return value.isoformat() if isinstance(value, datetime) else value

"""What the conditions of a filter mean, as a query. Pure.

| field | value | holds of a chat |
|---|---|---|
| `state` | `queued`, `active`, `snoozed`, `closed` | that is so; `active` and not put aside |
| `queue` | id | in this queue |
| `agent` | id, `me`, `nobody` | whose it is; of a closed one, whose it was last |
| `tag` | name | that bears it |
| `priority` | as the type | |
| `waiting` | seconds | whose visitor waits in its queue, or for an answer, for longer |
| `language` | such as `de` | whose visitor reads it, in any country |
| `email` | `yes`, `no` | whether there is an address to answer to, or of its visitor |
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from support_chat.desk.models import Conversation, TaggedChat
from support_chat.desk.tags import tag_of
from support_chat.live.order_frames import Condition, Group, Rules
from support_chat.live.refusals import BadField

LONGEST: Final = 366 * 24 * 3600  # seconds that can be asked for


@dataclass(frozen=True, slots=True)
class Moment:
    """Who asks, by the key of their agent, and when."""

    me: int | None
    now: datetime


def matching(rules: Rules, moment: Moment) -> Q:
    """BadField for a value that its field cannot have."""
    return _joined(rules.match, [_group(each, moment) for each in rules.groups])


def _group(group: Group, moment: Moment) -> Q:
    return _joined(group.match, [_condition(each, moment) for each in group.conditions])


def _joined(match: str, parts: list[Q]) -> Q:
    return Q(*parts, _connector=Q.OR if match == "any" else Q.AND)


def _condition(condition: Condition, moment: Moment) -> Q:
    try:
        holds = _FIELDS[condition.field](condition.value, moment)
    except (KeyError, ValueError):
        raise BadField("rules") from None
    return ~holds if condition.negated else holds


_STATES: Final = {
    "queued": Q(state="queued"),
    "active": Q(state="active", snoozed_until=None),
    "snoozed": Q(state="active", snoozed_until__isnull=False),
    "closed": Q(state="closed"),
}
_CLOSED: Final = Q(state=Conversation.State.CLOSED)


def _agent(value: str, moment: Moment) -> Q:
    if value == "nobody":
        return Q(owner=None) & ~_CLOSED | _CLOSED & Q(last_owner=None)
    if value == "me":
        return Q(owner=moment.me or 0) | _CLOSED & Q(last_owner=moment.me or 0)
    return Q(owner__public_id=value) | _CLOSED & Q(last_owner__public_id=value)


def _tag(value: str, moment: Moment) -> Q:
    return Q(pk__in=TaggedChat.objects.filter(tag__name=tag_of(value)).values("conversation"))


def _waiting(value: str, moment: Moment) -> Q:
    if not 0 <= int(value) <= LONGEST:
        raise ValueError(value)
    since = moment.now - timedelta(seconds=int(value))
    return Q(state="queued", queued_at__lte=since) | Q(state="active", waiting_since__lte=since)


def _language(value: str, moment: Moment) -> Q:
    return Q(locale__iexact=value) | Q(locale__istartswith=f"{value}-")


def _email(value: str, moment: Moment) -> Q:
    there = ~Q(reply_to="") | ~Q(visitor__email="")
    return {"yes": there, "no": ~there}[value]


_FIELDS: Final[Mapping[str, Callable[[str, Moment], Q]]] = {
    "state": lambda value, _: _STATES[value],
    "queue": lambda value, _: Q(queue__public_id=value),
    "agent": _agent,
    "tag": _tag,
    "priority": lambda value, _: Q(priority=Conversation.Priority(value)),
    "waiting": _waiting,
    "language": _language,
    "email": _email,
}

"""Chats in which something is due: one look at those that are not over.

Made by hand, once a second: it goes through the index of open chats, whatever a planner might think of.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from support_chat.desk.attending import Attended, Step, what_is_due
from support_chat.desk.columns import Columns
from support_chat.desk.models import Conversation, Visitor
from support_chat.settings.chat import (
    ABANDONED,
    AWAY_TOLD,
    IDLE_AFTER,
    NUDGE_AFTER,
    ONE_LINE_IN,
    QUIET_CLOSES,
    REMIND_OWNER,
    REMIND_SUPERVISORS,
)


def overdue(now: datetime, *, chat: int | None = None) -> dict[int, Step]:
    """By conversation pk, of all or of this one: what is due."""
    statement = _LOOK if chat is None else f"{_LOOK} AND c.id = %(chat)s"
    with connection.cursor() as cursor:
        cursor.execute(statement, {**_times(now), "chat": chat})
        found = {record[0]: what_is_due(_attended(record), now) for record in cursor.fetchall()}
    return {pk: step for pk, step in found.items() if step is not None}


_OWN: Final = (
    *("assigned_at", "waiting_since", "looked_at", "replied", "reminded"),
    *("team_at", "idle_at", "nudged_at", "snoozed_until", "woken_at", "away_at", "keeps_place"),
)
_VISITORS: Final = ("here", "seen_at", "phone")
_chats = Columns(Conversation, ["id", "state", *_OWN])
_visitors = Columns(Visitor, _VISITORS)

# No chat is left out in which something is due; few others come through.
_LOOK: Final = f"""
SELECT {_chats.of("c")}, {_visitors.of("v")},
  (SELECT first_reply_within FROM desk_queue q WHERE q.id = c.queue_id)
FROM desk_conversation c CROSS JOIN desk_visitor v
WHERE NOT (c.state = 'closed') AND v.id = c.visitor_id AND (
  c.state = 'active' AND c.waiting_since IS NOT NULL AND (NOT c.replied OR c.snoozed_until IS NULL)
    AND (NOT c.replied OR c.reminded = 0 AND c.waiting_since <= %(remind_owner)s
    OR c.reminded = 1 AND c.waiting_since <= %(remind_supervisors)s)
  OR c.state = 'active' AND c.waiting_since IS NULL AND c.snoozed_until IS NULL AND (c.idle_at IS NULL
    AND c.assigned_at <= %(idle)s AND (c.team_at IS NULL OR c.team_at <= %(idle)s)
    OR (c.nudged_at IS NULL OR c.nudged_at < c.team_at OR c.nudged_at < c.assigned_at
      OR c.nudged_at < c.woken_at)
    AND c.assigned_at <= %(nudge)s AND (c.team_at IS NULL OR c.team_at <= %(nudge)s)
    OR c.nudged_at <= %(closes)s)
  OR c.state = 'active' AND c.away_at IS NULL AND NOT v.here AND v.seen_at <= %(away)s
  OR c.state = 'queued' AND NOT c.keeps_place AND NOT v.here AND v.seen_at <= %(abandoned)s
  OR c.away_at <= %(away_line)s AND v.here)"""


def _times(now: datetime) -> dict[str, Any]:
    """What lies before which time may be due, by the names in the statement."""
    ages = {
        "remind_owner": REMIND_OWNER,
        "remind_supervisors": REMIND_SUPERVISORS,
        "idle": IDLE_AFTER,
        "nudge": NUDGE_AFTER,
        "closes": QUIET_CLOSES - NUDGE_AFTER,
        "away": AWAY_TOLD,
        "away_line": ONE_LINE_IN,
        "abandoned": ABANDONED,
    }
    adapt = connection.ops.adapt_datetimefield_value
    return {name: adapt(now - timedelta(seconds=seconds)) for name, seconds in ages.items()}


def _attended(found: Sequence[Any]) -> Attended:
    *record, within = found
    chat, visitor = _chats.instance(record[: len(_chats)]), _visitors.instance(record[len(_chats) :])
    return Attended(
        waits=chat.state == Conversation.State.QUEUED,
        first_reply_within=within,
        **{name: getattr(chat, name) for name in _OWN},
        **{name: getattr(visitor, name) for name in _VISITORS},
    )

"""A chat comes to its queue, new or again: its place there, and who is told."""

from datetime import datetime
from functools import partial

from django.db.models import Min

from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.inbox import tell_queue, tell_rows
from support_chat.desk.lines import Author, Draft
from support_chat.desk.models import Conversation, Queue
from support_chat.desk.telling import Telling


def tell_arrival(telling: Telling, row: Conversation, now: datetime) -> None:
    tell_rows(telling, [row], now=now)
    tell_queue(telling, row.queue, now=now)
    telling.after(partial(assign_waiting, site=row.site_id))


def reopened_draft(row: Conversation, author: Author, now: datetime) -> Draft:
    return Draft(conversation=row, kind="reopened", author=author, body={"sort": front_of(row.queue, now)})


def front_of(queue: Queue, now: datetime) -> int:
    """A sort key before all that wait in this queue."""
    first = Conversation.objects.filter(queue=queue, state="queued").aggregate(first=Min("sort_key"))["first"]
    here = round(now.timestamp() * 1_000_000)
    return here if first is None else min(first - 1, here)

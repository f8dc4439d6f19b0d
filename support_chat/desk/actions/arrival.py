"""A chat comes to its queue, new or again: its place there, and who is told."""

from datetime import datetime
from functools import partial

from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.inbox import tell_queue, tell_rows
from support_chat.desk.lines import Author, Draft
from support_chat.desk.models import Conversation
from support_chat.desk.on_site import tell_on_site
from support_chat.desk.routing import returning_key
from support_chat.desk.telling import Telling


def tell_arrival(telling: Telling, row: Conversation, now: datetime) -> None:
    tell_rows(telling, [row], now=now)
    tell_queue(telling, row.queue, now=now)
    tell_on_site(telling, [row.site])
    telling.after(partial(assign_waiting, site=row.site_id))


def reopened_draft(row: Conversation, author: Author, now: datetime) -> Draft:
    body = {"sort": returning_key(now), "ahead": "returned"}
    return Draft(conversation=row, kind="reopened", author=author, body=body)

"""Chats that go back to their queue: where they stood, so that who came later stays behind them."""

from datetime import datetime

from support_chat.desk.actions.giving import lose, tell_lost
from support_chat.desk.inbox import lists_of, tell_lists, tell_queue
from support_chat.desk.lines import SYSTEM, Draft
from support_chat.desk.locks import lock_conversations
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.putting_aside import PUT_ASIDE
from support_chat.desk.routing import sort_key
from support_chat.desk.telling import Telling


def return_chats(telling: Telling, agent: Agent, *, cause: str, note: str = "") -> int:
    """All that an agent, whose row is held, has or is offered, but for what they have put aside. Returns how
    many wait again."""
    held = agent.conversations.filter(state=Conversation.State.ACTIVE).exclude(PUT_ASIDE)
    rows, now = lock_conversations(
        {*held.values_list("pk", flat=True), *agent.offers.values_list("pk", flat=True)}
    )
    if now is None:
        return 0
    for row in rows.values():
        if row.offered_to_id == agent.pk:
            take_back_offer(telling, row, now)
    mine = [row for row in rows.values() if row.owner_id == agent.pk]
    for row in mine:
        return_chat(telling, row, agent, cause=cause, now=now, note=note)
    return len(mine)


def take_back_offer(telling: Telling, row: Conversation, now: datetime) -> None:
    lists = lists_of(row)
    append(telling, lose(telling, row, now=now, cause="gone"), now=now)
    tell_lists(telling, row, lists, now=now)


def return_chat(
    telling: Telling,
    row: Conversation,
    agent: Agent,
    *,
    cause: str,
    now: datetime,
    note: str = "",
    unanswered: bool = False,
) -> None:
    """It waits again, in the queue it was wanted in, by when it came. `unanswered`: others first."""
    queue, lists = row.wanted_queue or row.queue, lists_of(row)
    key = row.place_key or sort_key(row.queued_at or row.opened_at, row.priority)
    body = {"cause": cause, "sort": key, "ahead": "came_before"}
    body |= {"queue": queue.public_id} if queue != row.queue else {}
    body |= {"asked": agent.public_id} if unanswered else {}
    drafts = lose(telling, row, now=now)
    if note:
        drafts.append(Draft(conversation=row, kind="note", author=SYSTEM, body={"text": note}))
    drafts.append(Draft(conversation=row, kind="returned_to_queue", author=SYSTEM, body=body, queue=queue))
    append(telling, drafts, now=now)
    tell_lists(telling, row, lists | lists_of(row), now=now)
    tell_queue(telling, queue, now=now)
    tell_lost(telling, row, agent, cause)

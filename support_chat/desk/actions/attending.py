"""What time asks of a chat, done: taken back, reminded of, asked after, closed; who came and went, noted.

Every process's clock looks. Two may find the same at once: each looks again under the lock, and the second
one finds it done.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from random import shuffle
from time import monotonic
from typing import Any, Final

from django.utils.translation import gettext_noop

from support_chat.desk.access import author_of
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.conversations import close
from support_chat.desk.actions.giving import tell_agent
from support_chat.desk.actions.returning import return_chat
from support_chat.desk.actions.status import missed_one, settle_finishing
from support_chat.desk.attending import Step
from support_chat.desk.audiences import VISITOR_LEFT
from support_chat.desk.database_time import database_now
from support_chat.desk.db import tried
from support_chat.desk.inbox import tell_rows, unanswered
from support_chat.desk.language import words_of
from support_chat.desk.lines import SYSTEM, Author, Draft
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.overdue import overdue
from support_chat.desk.telling import Telling
from support_chat.settings.chat import SWEEP_LASTS

log = logging.getLogger(__name__)

BOT: Final = Author(role="bot")
STILL_THERE: Final = gettext_noop("Are you still there? Just write, and we go on.")


def attend_all() -> int:
    """Do what is due, chat by chat; what fails, or comes too late in this round, stays due. Returns how many
    steps were taken."""
    due = list(overdue(database_now()))
    shuffle(due)  # a chat that fails is not always in the way of the same others
    taken, until = 0, monotonic() + SWEEP_LASTS
    for conversation in due:
        if monotonic() > until:
            break
        taken += _is_attended(conversation)
    return taken


def _is_attended(conversation: int) -> bool:
    try:
        return tried(attend, conversation=conversation) is not None
    except Exception:
        log.exception("What is due in chat %s could not be done.", conversation)
        return False


def attend(*, conversation: int) -> Step | None:
    """Do what is due in this chat by now; the step that was taken, None when nothing is."""
    found = Conversation.objects.filter(pk=conversation).values_list("owner", "offered_to").first() or ()
    with Telling() as telling:
        agents = lock_agents(pk for pk in found if pk is not None)
        row, now = lock_conversation(conversation)
        step = overdue(now, chat=conversation).get(conversation)
        if step is None or not {row.owner_id, row.offered_to_id} <= {None, *agents}:
            return None
        _STEPS[step](telling, row, now)
    return step


def _take_back(telling: Telling, row: Conversation, now: datetime) -> None:
    """Its agent has not answered: the next one is asked. Two in a row, and they are set to Away."""
    agent = _owner(row)
    return_chat(telling, row, agent, cause="unanswered", now=now, unanswered=True)
    missed_one(telling, agent, now=now)
    if agent.status == Agent.Status.FINISHING:
        telling.after(partial(settle_finishing, agent=agent.pk))
    telling.after(partial(assign_waiting, site=row.site_id))


def _remind(telling: Telling, row: Conversation, now: datetime) -> None:
    _note(telling, row, now, "reminded", level=1)


def _tell_supervisors(telling: Telling, row: Conversation, now: datetime) -> None:
    _note(telling, row, now, "reminded", level=2)
    telling.state(row.queue.topic, {"staff": tuple(unanswered([row], now=now))})


def _rest(telling: Telling, row: Conversation, now: datetime) -> None:
    """Its visitor is quiet: whose it is has room for another."""
    _note(telling, row, now, "idle")
    tell_agent(telling, _owner(row))
    telling.after(partial(assign_waiting, site=row.site_id))


def _nudge(telling: Telling, row: Conversation, now: datetime) -> None:
    said = {"text": words_of(row).gettext(STILL_THERE), "about": "still_there"}
    _say(telling, Draft(conversation=row, kind="message", author=BOT, body=said, moves=True), now)


def _close(telling: Telling, row: Conversation, now: datetime) -> None:
    close(telling, row, SYSTEM, now, cause=VISITOR_LEFT)


def _tell_left(telling: Telling, row: Conversation, now: datetime) -> None:
    _say(telling, Draft(conversation=row, kind="left", author=author_of(row.visitor)), now)


def _tell_joined(telling: Telling, row: Conversation, now: datetime) -> None:
    _say(telling, Draft(conversation=row, kind="joined", author=author_of(row.visitor)), now)


def _note(telling: Telling, row: Conversation, now: datetime, kind: str, **body: Any) -> None:
    _say(telling, Draft(conversation=row, kind=kind, author=SYSTEM, body=body), now)


def _say(telling: Telling, draft: Draft, now: datetime) -> None:
    append(telling, [draft], now=now)
    tell_rows(telling, [draft.conversation], now=now)


def _owner(row: Conversation) -> Agent:
    if row.owner is None:
        raise ValueError(f"{row} has no agent")
    return row.owner


_STEPS: Final[Mapping[Step, Callable[[Telling, Conversation, datetime], None]]] = {
    Step.JOINED: _tell_joined,
    Step.LEFT: _tell_left,
    Step.TAKE_BACK: _take_back,
    Step.REMIND_OWNER: _remind,
    Step.TELL_SUPERVISORS: _tell_supervisors,
    Step.REST: _rest,
    Step.NUDGE: _nudge,
    Step.CLOSE: _close,
}

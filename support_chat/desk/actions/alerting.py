"""Telling people that a chat waits and nobody takes it: each step of its queue once, while it waits."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from random import shuffle
from time import monotonic
from typing import Final

from support_chat.desk.actions.mailing import ask
from support_chat.desk.actions.pushing import push_to
from support_chat.desk.alerting import Due, agents_of, attention_of, due_alert, due_alerts, ringing
from support_chat.desk.alerts import MAIL, PUSH, SOUND, WEBHOOK
from support_chat.desk.database_time import database_now
from support_chat.desk.db import tried
from support_chat.desk.letters.envelope import mail_is_set_up
from support_chat.desk.letters.kinds import ALERT_MAIL, ALERT_WEBHOOK
from support_chat.desk.locks import lock_conversation
from support_chat.desk.missed import has_console
from support_chat.desk.models import Agent, Alert, Attention, Conversation
from support_chat.desk.shifts import may_be_rung, wants_quiet
from support_chat.desk.telling import Telling
from support_chat.settings.chat import SWEEP_LASTS

log = logging.getLogger(__name__)


def alert_all() -> int:
    """One look at what waits. Returns how many steps were taken; what fails, or comes too late in this round,
    stays due."""
    due, taken, until = list(due_alerts(database_now())), 0, monotonic() + SWEEP_LASTS
    shuffle(due)  # a chat that fails is not always in the way of the same others
    for conversation in due:
        if monotonic() > until:
            break
        taken += _is_told(conversation)
    return taken


def _is_told(conversation: int) -> bool:
    try:
        return tried(alert, conversation=conversation)
    except Exception:
        log.exception("Nobody could be told that chat %s waits.", conversation)
        return False


def alert(*, conversation: int) -> bool:
    """Take the step that is due in this chat, if one is by now."""
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        due = due_alert(row, now)
        if due is None:
            return False
        Alert.objects.create(conversation=row, step=due.at, kind=due.step.kind, at=now)
        _STEPS[due.step.kind](telling, row, due, now)
    return True


def tell_ringing(telling: Telling, agents: list[Agent], now: datetime) -> None:
    """Tell these agents what rings with them by now."""
    by_agent = ringing(agents, now)
    for agent in agents:
        telling.state(agent.topic, {"staff": (by_agent[agent.pk],)})


def _sound(telling: Telling, row: Conversation, due: Due, now: datetime) -> None:
    tell_ringing(telling, agents_of(row.queue), now)


def _push(telling: Telling, row: Conversation, due: Due, now: datetime) -> None:
    """To whoever works, wants it and has no console open: there it sounds."""
    for agent in agents_of(row.queue):
        if is_pushed(agent, now):
            push_to(agent, row.site, {"chat": row.public_id, "nobody": due.nobody}, now)


def is_pushed(agent: Agent, now: datetime) -> bool:
    attention = attention_of(agent)
    wants = attention.scope != Attention.Scope.MINE and not wants_quiet(attention, now)
    return wants and may_be_rung(agent, now) and not has_console(agent, now)


def _mail(telling: Telling, row: Conversation, due: Due, now: datetime) -> None:
    if mail_is_set_up():
        ask(row.site, ALERT_MAIL, due.step.to, {"chat": row.public_id, "nobody": due.nobody}, now)


def _call(telling: Telling, row: Conversation, due: Due, now: datetime) -> None:
    ask(row.site, ALERT_WEBHOOK, due.step.to, {"chat": row.public_id, "nobody": due.nobody}, now)


_STEPS: Final[Mapping[str, Callable[[Telling, Conversation, Due, datetime], None]]] = {
    SOUND: _sound,
    PUSH: _push,
    MAIL: _mail,
    WEBHOOK: _call,
}

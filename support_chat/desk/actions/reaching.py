"""Telling agents by Web Push of what they miss while no console of theirs is open."""

import logging

from support_chat.desk.actions.pushing import push_to
from support_chat.desk.database_time import database_now
from support_chat.desk.db import tried
from support_chat.desk.letters.kinds import CHAT_PUSH
from support_chat.desk.locks import lock_agents
from support_chat.desk.missed import far_agents, may_be_told, missed
from support_chat.desk.models import Conversation, Pushed
from support_chat.desk.telling import Telling

log = logging.getLogger(__name__)


def reach_all() -> int:
    """One look at whoever is far. Returns of how many chats somebody was pushed to; what fails, the next look
    finds again."""
    now = database_now()
    agents = far_agents(now)
    found = {each.agent for each in missed(agents, now)} if agents else set()
    return sum(map(_are_reached, sorted(found)))


def _are_reached(agent: int) -> int:
    try:
        return tried(reach, agent=agent)
    except Exception:
        log.exception("Agent %s could not be told of what they miss.", agent)
        return 0


def reach(*, agent: int) -> int:
    """A push of each chat that they miss by now, unless they are back."""
    with Telling():
        row, now = lock_agents([agent])[agent], database_now()
        new = missed(far_agents(now, among=[agent]), now) if may_be_told(row, now) else []
        chats = Conversation.objects.select_related("site").in_bulk([each.conversation for each in new])
        for each in new:
            chat = chats[each.conversation]
            Pushed.objects.create(agent=row, conversation=chat, at=now)
            push_to(row, chat.site, {"chat": chat.public_id, "what": each.kind}, now, kind=CHAT_PUSH)
    return len(new)

"""What is pushed to an agent who has no console open, as a notice on their desktop would say it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from support_chat.desk.access import conversations_for_staff, staff_of
from support_chat.desk.alerting import attention_of
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed
from support_chat.desk.letters.envelope import one_line
from support_chat.desk.letters.push import Push, browser_of, notice
from support_chat.desk.missed import BACK, GIVEN, MENTION, MESSAGE, OFFERED, has_console
from support_chat.desk.models import Agent, Conversation, Mention, Outbox
from support_chat.settings.chat import EXCERPT
from support_chat.words import staff_language_for

# Without a name: whoever sees the screen learns nothing of anybody.
_PLAIN: Final[Mapping[str, Promise]] = {
    OFFERED: gettext_lazy("A chat is offered to you"),
    GIVEN: gettext_lazy("A new chat for you"),
    BACK: gettext_lazy("A chat that you had put aside is back"),
    MESSAGE: gettext_lazy("A visitor wrote"),
    MENTION: gettext_lazy("A colleague mentions you"),
}
_NAMED: Final[Mapping[str, Promise]] = {
    OFFERED: gettext_lazy("%(name)s: a chat is offered to you"),
    GIVEN: gettext_lazy("%(name)s: a new chat for you"),
    BACK: gettext_lazy("%(name)s: the chat that you had put aside is back"),
    MESSAGE: gettext_lazy("%(name)s wrote"),
    MENTION: gettext_lazy("%(name)s mentions you"),
}


def chat_push(row: Outbox) -> Push | None:
    """None where a console is open by now, or there is nothing to say any more."""
    browser = browser_of(row)
    if browser is None or has_console(browser.agent, database_now()):
        return None
    agent, what = browser.agent, row.payload["what"]
    chat = Conversation.objects.select_related("visitor", "queue").get(public_id=row.payload["chat"])
    mention = _mention(agent, chat) if what == MENTION else None
    if not (mention if what == MENTION else _is_theirs(agent, chat, what)):
        return None
    with translation.override(staff_language_for(agent.user.language, browser.language)):
        if attention_of(agent).words:
            name, said = _said(chat, mention)
            return notice(row, browser, title=str(_NAMED[what]) % {"name": name}, body=said)
        body = gettext("In the queue %(queue)s") % {"queue": one_line(chat.queue.name)}
        return notice(row, browser, title=str(_PLAIN[what]), body=body)


def _is_theirs(agent: Agent, chat: Conversation, what: str) -> bool:
    """Still; and whoever wrote waits for an answer."""
    if what == OFFERED:
        return chat.offered_to_id == agent.pk
    if what != MESSAGE:
        return chat.owner_id == agent.pk
    had = chat.state == Conversation.State.QUEUED and chat.last_owner_id == agent.pk
    return chat.waiting_since is not None and (had or chat.owner_id == agent.pk)


def _mention(agent: Agent, chat: Conversation) -> Mention | None:
    """The newest that they have not seen, in a chat that is theirs to read."""
    try:
        readable = conversations_for_staff(staff_of(agent.user), {chat.public_id})
    except NotAllowed:
        return None
    rows = Mention.objects.filter(agent=agent, seen_at=None, entry__conversation=chat)
    return rows.select_related("entry__body").order_by("-pk").first() if readable else None


def _said(chat: Conversation, mention: Mention | None) -> tuple[str, str]:
    """By whom, and the first words."""
    if mention is not None:
        text = str(body_of(mention.entry).get("text", ""))[:EXCERPT]
        return one_line(mention.entry.author_name), text
    words: Mapping[str, Any] = chat.last_words or {}
    text = str(words.get("text", "")) if words.get("role") == "visitor" else ""
    return one_line(chat.visitor.called), text[:EXCERPT]

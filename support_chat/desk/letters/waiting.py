"""What is sent of a chat that nobody takes: a mail, a line for a team's messenger, a notice for a browser."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from support_chat.desk.access import agents_who_read
from support_chat.desk.alerting import attention_of
from support_chat.desk.letters.envelope import letter, one_line
from support_chat.desk.letters.push import Push, browser_of, notice
from support_chat.desk.letters.webhook import Webhook
from support_chat.desk.models import Agent, Conversation, Outbox, Queue, User
from support_chat.settings.chat import EXCERPT
from support_chat.words import staff_language_for

_LETTER: Final = gettext_lazy("""%(says)s

Open it: %(link)s

It opens for members of the team who are signed in. You get this because your address is set for chats that
wait too long, in the settings of the queue %(queue)s of %(site)s.
""")
_TEST_LETTER: Final = gettext_lazy("""This is a test. When a chat in the queue %(queue)s of %(site)s waits too
long, a mail like this goes to this address, with a link that opens the chat.

The console: %(link)s
""")


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said, and where it leads."""

    title: str
    says: str
    link: str
    queue: str
    words: str = ""  # what the visitor said last


def alert_mail(row: Outbox) -> EmailMultiAlternatives | None:
    with translation.override(_language(row)):
        told = _told(row)
        if told is None:
            return None
        form = _TEST_LETTER if row.payload.get("test") else _LETTER
        known = {"says": told.says, "link": told.link, "queue": told.queue, "site": one_line(row.site.name)}
        return letter(row, to=row.payload["to"], subject=told.title, text=str(form) % known)


def alert_webhook(row: Outbox) -> Webhook | None:
    """As Slack, Mattermost, Teams and their like take it: no mark of ours can be one of theirs."""
    with translation.override(_language(row)):
        told = _told(row)
    if told is None:
        return None
    says = f"{told.says} {told.link}".translate({ord("<"): "‹", ord(">"): "›"})
    return Webhook(row.payload["to"], {"text": says})


def alert_push(row: Outbox) -> Push | None:
    """None where the browser was signed out meanwhile, or there is nothing to say any more."""
    browser = browser_of(row)
    if browser is None or not _may_read(browser.agent, row):
        return None
    with translation.override(staff_language_for(browser.agent.user.language, browser.language)):
        told = _told(row)
    if told is None:
        return None
    shown = told.words and attention_of(browser.agent).words
    return notice(row, browser, title=told.title, body=f"{told.says}\n{told.words}" if shown else told.says)


def _may_read(agent: Agent, row: Outbox) -> bool:
    """By now: who was taken off the queue meanwhile is told nothing of it."""
    chats = Conversation.objects.filter(public_id=row.payload.get("chat", ""))
    return bool(row.payload.get("test")) or any(agent in agents_who_read(chat) for chat in chats)


def _language(row: Outbox) -> str:
    """Of whoever tries it; of whose address it is; of whoever set the steps; else the site's own."""
    people = User.objects.filter(email__iexact=row.payload["to"], is_active=True).order_by("pk")
    reads = people.values_list("language", flat=True).first() or ""
    set_in = Queue.objects.filter(conversations__public_id=row.payload.get("chat", ""))
    speaks = set_in.values_list("alerts_language", flat=True).first() or ""
    return staff_language_for(row.payload.get("language", ""), reads, speaks, row.site.locale)


def _told(row: Outbox) -> _Told | None:
    """None when somebody has taken it meanwhile."""
    if row.payload.get("test"):
        says = gettext("This is a test: so it looks when a chat waits too long.")
        queue = one_line(row.payload.get("queue", ""))
        return _Told(gettext("A test of Support Chat"), says, _link(""), queue)
    chat = Conversation.objects.select_related("queue", "site").get(public_id=row.payload["chat"])
    if chat.state != Conversation.State.QUEUED or chat.queued_at is None:
        return None
    queue, since = one_line(chat.queue.name), timezone.now() - chat.queued_at
    known = {"queue": queue, "time": _minutes(since.total_seconds())}
    if row.payload["nobody"]:
        says = gettext(
            "In %(queue)s a chat waits, for %(time)s by now, and nobody who is online can take it."
        )
    else:
        says = gettext("In %(queue)s a chat waits, for %(time)s by now.")
    words = str((chat.last_words or {}).get("text", ""))[:EXCERPT]
    title = gettext("A chat waits: %(queue)s") % {"queue": queue}
    return _Told(title, says % known, _link(chat.public_id), queue, words)


def _link(chat: str) -> str:
    """An id alone opens nothing: whoever follows it has to be signed in, and of the team."""
    return f"{settings.PUBLIC_URL}/console/" + (f"#{chat}" if chat else "")


def _minutes(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 1:
        return gettext("less than a minute")
    if minutes >= 120:
        return gettext("%(n)s hours") % {"n": minutes // 60}
    return ngettext("a minute", "%(n)s minutes", minutes) % {"n": minutes}

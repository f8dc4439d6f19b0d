"""Every kind of letter, and what writes it. None of it means that there is nothing to send any more.

Beside mail there are lines for messengers and notices for browsers: whatever can be sent.
"""

from collections.abc import Callable
from typing import Final, Protocol

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from support_chat.desk.letters.envelope import letter
from support_chat.desk.letters.missed import chat_push
from support_chat.desk.letters.transcript import as_page, as_text, seen_transcript
from support_chat.desk.letters.unseen import unseen
from support_chat.desk.letters.waiting import alert_mail, alert_push, alert_webhook
from support_chat.desk.models import Conversation, Outbox
from support_chat.words import staff_language_for


class Letter(Protocol):
    def send(self) -> object: ...


Writer = Callable[[Outbox], Letter | None]

TEST: Final = "test_mail"
TRANSCRIPT: Final = "transcript"
UNSEEN: Final = "unseen_answers"
ALERT_MAIL: Final = "alert_mail"
ALERT_WEBHOOK: Final = "alert_webhook"
ALERT_PUSH: Final = "alert_push"
CHAT_PUSH: Final = "chat_push"
_TEST: Final = gettext_lazy("""This is the test mail of %(site)s.

Since it has arrived, %(site)s can send transcripts and answers to visitors by e-mail.
""")


def test_mail(row: Outbox) -> EmailMultiAlternatives:
    known = {"site": row.site.name}
    with translation.override(staff_language_for(row.payload.get("language", ""))):
        subject, text = gettext("Test mail of %(site)s") % known, str(_TEST) % known
    return letter(row, to=row.payload["to"], subject=subject, text=text)


def transcript(row: Outbox) -> EmailMultiAlternatives:
    """The chat as its visitor sees it by now."""
    chat = Conversation.objects.select_related("site").get(public_id=row.payload["chat"])
    seen = seen_transcript(chat)
    mail = letter(row, to=row.payload["to"], subject=seen.title, text=as_text(seen))
    mail.attach_alternative(as_page(seen), "text/html")
    return mail


WRITERS: Final[dict[str, Writer]] = {
    TEST: test_mail,
    TRANSCRIPT: transcript,
    UNSEEN: unseen,
    ALERT_MAIL: alert_mail,
    ALERT_WEBHOOK: alert_webhook,
    ALERT_PUSH: alert_push,
    CHAT_PUSH: chat_push,
}

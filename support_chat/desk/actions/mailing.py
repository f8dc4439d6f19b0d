"""Mail that is asked for, and what became of it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy

from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.availability import tell_availability
from support_chat.desk.actions.configuring import hold_site
from support_chat.desk.database_time import database_now
from support_chat.desk.inbox import tell_rows
from support_chat.desk.letters.envelope import address_key, mail_is_set_up
from support_chat.desk.letters.kinds import TEST, TRANSCRIPT, UNSEEN
from support_chat.desk.lines import SYSTEM, Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Outbox, PushSubscription, Site
from support_chat.desk.telling import Telling
from support_chat.settings.chat import MAIL_FIRST_PAUSE, MAIL_LONGEST_PAUSE, MAIL_TESTS, MAIL_TRIES

_random: Final = SystemRandom()
log = logging.getLogger(__name__)

_LOGGED: Final = {TRANSCRIPT: "transcript", UNSEEN: "answers"}  # what the log says of each
_NOT_SET_UP: Final = gettext_lazy(
    "Mail is not set up on this server: EMAIL_URL, EMAIL_FROM and PUBLIC_URL are needed."
)
_TOO_MANY: Final = gettext_lazy("That were many test mails. Please wait an hour.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of one try: sent, unless there is an error. `final`: no other try would end otherwise. `needless`:
    there was nothing to say any more. `address`: it is about whom it goes to, and says nothing of our mail.
    `gone`: a browser takes nothing any more."""

    error: str = ""
    final: bool = False
    needless: bool = False
    address: bool = False
    gone: bool = False


def send_test(*, staff: Staff, site: str, to: str) -> Site:
    """A manager asks for a mail to see that it arrives; whether it was sent is known a little later."""
    known = site_to_manage(staff, site)
    if not mail_is_set_up():
        raise ValidationError({"to": [_NOT_SET_UP]})
    with Telling():
        row, now = hold_site(known.pk), database_now()
        lately = row.outbox.filter(kind=TEST, made_at__gt=now - timedelta(hours=1))
        if lately.count() >= MAIL_TESTS:
            raise ValidationError({"to": [_TOO_MANY]})
        row.mail_error = ""
        row.save(update_fields=["mail_error"])
        ask(row, TEST, to, {"language": get_language()}, now)
    return row


def ask(site: Site, kind: str, to: str, payload: Mapping[str, object], now: datetime, **asked: Any) -> Outbox:
    """One letter, in the transaction of whatever asks for it. `asked`: more of the row."""
    return Outbox.objects.create(
        site=site,
        kind=kind,
        payload={**payload, "to": to},
        address=address_key(to),
        made_at=now,
        **{"due_at": now, **asked},
    )


def settle_letter(*, row: Outbox, outcome: Outcome) -> None:
    """Write down what became of a try, unless somebody else has taken it up since."""
    with Telling() as telling:
        chat = _chat_of(row)
        site = hold_site(row.site_id)
        now = database_now()
        held = Outbox.objects.select_for_update(no_key=True).get(pk=row.pk)
        if held.tries != row.tries or held.done_at or held.failed_at:
            return
        if not outcome.error:
            if not outcome.needless:
                _log(telling, held, chat, now)
            _sent(telling, held, site, now)
        elif outcome.final or held.kind == TEST or held.payload.get("test") or held.tries >= MAIL_TRIES:
            _forget_gone(held, outcome)
            _log(telling, held, chat, now, failed=True)
            _give_up(telling, held, site, outcome, now)
        else:
            held.error, held.due_at = outcome.error[:100], now + timedelta(seconds=pause_after(held.tries))
            held.save(update_fields=["error", "due_at"])


def _forget_gone(row: Outbox, outcome: Outcome) -> None:
    if outcome.gone:
        PushSubscription.objects.filter(pk=row.payload["browser"]).delete()


def _chat_of(row: Outbox) -> Conversation | None:
    """The chat that it is about, held; before the site, as everywhere."""
    name = row.payload.get("chat")
    chat = Conversation.objects.filter(public_id=name).values_list("pk", flat=True).first() if name else None
    return None if chat is None else lock_conversation(chat)[0]


def _log(
    telling: Telling, row: Outbox, chat: Conversation | None, now: datetime, *, failed: bool = False
) -> None:
    """Both sides read whether it was sent."""
    if chat is None or row.kind not in _LOGGED:
        return
    body = {"what": _LOGGED[row.kind]} | ({"failed": True} if failed else {})
    append(telling, [Draft(conversation=chat, kind="emailed", author=SYSTEM, body=body)], now=now)
    tell_rows(telling, [chat], now=now)


def pause_after(tries: int) -> float:
    """Seconds until the next try: twice as long each time, and not all at once."""
    longest = min(MAIL_FIRST_PAUSE * 2.0 ** (tries - 1), MAIL_LONGEST_PAUSE)
    return longest * _random.uniform(0.8, 1.0)


def _sent(telling: Telling, row: Outbox, site: Site, now: datetime) -> None:
    row.done_at, row.payload, row.error = now, {}, ""
    row.save(update_fields=["done_at", "payload", "error"])
    if row.kind == TEST:
        site.mail_works_at, site.mail_error = now, ""
        _tell(telling, site)


def _give_up(telling: Telling, row: Outbox, site: Site, outcome: Outcome, now: datetime) -> None:
    """Seen by the site's managers. Unless it was about the address, mail is offered no more until it is tried
    again."""
    log.error("The letter %s of site %s was given up: %s.", row, site.public_key, outcome.error)
    row.failed_at, row.payload, row.error = now, {}, outcome.error[:100]
    row.save(update_fields=["failed_at", "payload", "error"])
    if row.kind == TEST or not outcome.address:
        site.mail_works_at, site.mail_error = None, row.error
        _tell(telling, site)


def _tell(telling: Telling, site: Site) -> None:
    site.save(update_fields=["mail_works_at", "mail_error"])
    tell_availability(telling, site)

"""A manager tries a step of a queue's alerts: the same way, with words that say that it is a test."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, gettext_lazy

from support_chat.desk.access import Staff, queue_to_manage
from support_chat.desk.actions.configuring import hold_site
from support_chat.desk.actions.mailing import ask
from support_chat.desk.actions.pushing import push_to
from support_chat.desk.alerts import MAIL, PUSH, WEBHOOK, Step, alerts_of
from support_chat.desk.database_time import database_now
from support_chat.desk.letters.envelope import address_key, mail_is_set_up
from support_chat.desk.letters.kinds import ALERT_MAIL, ALERT_PUSH, ALERT_WEBHOOK
from support_chat.desk.models import Outbox, Queue
from support_chat.desk.telling import Telling
from support_chat.settings.chat import ALERT_TESTS

_TRIED: Final = "tried by hand"  # what tells a test from an alert once it is sent
_KINDS: Final = {MAIL: ALERT_MAIL, WEBHOOK: ALERT_WEBHOOK, PUSH: ALERT_PUSH}
_NO_BROWSER: Final = gettext_lazy(
    "No browser of yours takes pushes: allow it in the console, under “Sounds and notices”."
)


def try_alert(*, staff: Staff, queue: str, at: int) -> Step:
    """Send what this step would; a push goes to oneself. ValidationError says why not. A sound is heard in
    the browser."""
    row = queue_to_manage(staff, queue)
    steps = alerts_of(row.alerts)
    if not 0 <= at < len(steps) or steps[at].kind not in _KINDS:
        raise ValidationError(gettext("There is no such step any more."))
    if steps[at].kind != PUSH and not settings.PUBLIC_URL:
        raise ValidationError(
            gettext("PUBLIC_URL is not set on this server: nothing could lead to the chat.")
        )
    if steps[at].kind == MAIL and not mail_is_set_up():
        raise ValidationError(gettext("Mail is not set up on this server."))
    with Telling():
        _send(staff, row, steps[at])
    return steps[at]


def _send(staff: Staff, queue: Queue, step: Step) -> None:
    site, now = hold_site(queue.site_id), database_now()
    lately = site.outbox.filter(kind__in=_KINDS.values(), source=_TRIED, made_at__gt=now - timedelta(hours=1))
    if lately.count() >= ALERT_TESTS:
        raise ValidationError(gettext("That were many tests. Please wait an hour."))
    payload = {"test": True, "queue": queue.name, "language": get_language()}
    if step.kind != PUSH:
        ask(site, _KINDS[step.kind], step.to, payload, now, source=_TRIED)
    elif staff.agent is None or not push_to(staff.agent, site, payload, now, source=_TRIED):
        raise ValidationError(_NO_BROWSER)


def last_try(queue: Queue, step: Step) -> Outbox | None:
    """What became of the last test of such a step."""
    address = address_key(step.to) if step.to else ""
    rows = queue.site.outbox.filter(kind=_KINDS.get(step.kind, ""), source=_TRIED)
    found: Outbox | None = (
        (rows.filter(address=address) if address else rows).order_by("-made_at", "-pk").first()
    )
    return found

"""The steps of a queue's alerts, and what became of their tests, in words for managers."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from agents.settings.mail_words import error_words
from support_chat.desk.alerts import MAIL, PUSH, SOUND, Step, place_of
from support_chat.desk.availability import zone_of
from support_chat.desk.models import Outbox


def step_words(step: Step) -> str:
    """ "After 60 seconds: a sound"; of a webhook its host alone."""
    words = gettext("After %(n)s seconds: %(what)s")
    return words % {"n": step.after, "what": _what(step)}


def _what(step: Step) -> str:
    if step.kind == SOUND:
        return gettext("a sound, until somebody takes the chat")
    if step.kind == PUSH:
        return gettext("a push to those on shift")
    if step.kind == MAIL:
        return gettext("a mail to %(to)s") % {"to": step.to}
    return gettext("a message to %(host)s") % {"host": place_of(step.to)}


def is_under_way(row: Outbox | None) -> bool:
    return row is not None and row.done_at is None and row.failed_at is None


def try_words(row: Outbox) -> str:
    """What became of a test."""
    if is_under_way(row):
        return gettext("The test is on its way.")
    moment = timezone.localtime(row.done_at or row.failed_at, zone_of(row.site))
    at = date_format(moment, gettext("j F Y, H:i"))
    if row.failed_at is None:
        return gettext("The test of %(at)s was taken at the other end.") % {"at": at}
    words = gettext("The test of %(at)s did not get there: %(why)s.")
    return words % {"at": at, "why": failure_words(row)}


def failure_words(row: Outbox) -> str:
    """What went wrong, without a full stop."""
    if row.kind == "alert_mail":
        return error_words(row.error)
    if row.error.startswith("HTTP"):
        return gettext("the other end answered %(status)s") % {"status": row.error}
    if " " not in row.error or row.error[:1].islower():  # no sentence, but what Python calls it
        return f"{gettext('it could not be sent')} ({row.error})"
    kept, sign, cause = row.error.partition(" (")
    told = gettext(kept).removesuffix(".")  # it is kept in English
    return f"{told[:1].lower()}{told[1:]}{sign}{cause}"

"""Whether a site's mail works, and what went wrong, in words for managers."""

from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from support_chat.desk.availability import zone_of
from support_chat.desk.letters.envelope import mail_is_set_up
from support_chat.desk.letters.kinds import TEST
from support_chat.desk.models import Outbox, Site

_NOTHING: Final = gettext_lazy("Visitors are offered nothing that needs e-mail.")
_WRONG: Final = (  # what is kept of an error begins like this; the first that fits
    ("The address was refused", gettext_lazy("the mail server does not take mail to this address")),
    (
        "SMTPAuthenticationError",
        gettext_lazy("the mail server does not take the user and password of EMAIL_URL"),
    ),
    ("SMTPSenderRefused", gettext_lazy("the mail server lets nobody send as EMAIL_FROM")),
    ("SMTPDataError", gettext_lazy("the mail server did not take the letter")),
    ("SMTPNotSupportedError", gettext_lazy("the mail server does not offer what EMAIL_URL asks for")),
    ("SMTP", gettext_lazy("the mail server broke off")),
    ("gaierror", gettext_lazy("there is no mail server by the name in EMAIL_URL")),
    ("ConnectionRefusedError", gettext_lazy("no mail server answers at the address in EMAIL_URL")),
    ("TimeoutError", gettext_lazy("the mail server does not answer")),
    ("SSL", gettext_lazy("no safe connection to the mail server could be made")),
)


def mail_words(site: Site) -> str:
    """ "It works: …", or why not and what that means for visitors."""
    if not mail_is_set_up():
        return f"{gettext('Mail is not set up on this server.')} {_NOTHING}"
    if is_under_way(site):
        return gettext("The test mail is on its way to the mail server.")
    if site.mail_error:
        return f"{gettext('It does not work: %(why)s.') % {'why': error_words(site.mail_error)}} {_NOTHING}"
    if site.mail_works_at is None:
        return f"{gettext('No test mail was sent yet.')} {_NOTHING}"
    at = date_format(timezone.localtime(site.mail_works_at, zone_of(site)), gettext("j F Y, H:i"))
    words = gettext(
        "It works: the mail server took the test mail of %(at)s. Visitors are offered what needs e-mail."
    )
    return words % {"at": at}


def error_words(error: str) -> str:
    """What went wrong, with what the server's log calls it."""
    words = next(
        (words for begin, words in _WRONG if error.startswith(begin)), gettext("it could not be sent")
    )
    return f"{words} ({error})"


def is_under_way(site: Site) -> bool:
    """Whether the last test mail was neither sent nor given up yet."""
    last: Outbox | None = site.outbox.filter(kind=TEST).order_by("-made_at", "-pk").first()
    return last is not None and last.done_at is None and last.failed_at is None

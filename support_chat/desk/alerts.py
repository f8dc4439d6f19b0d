"""By which steps somebody is told that a chat waits and nobody takes it: a queue's, set by managers. Pure.

    [{"after": 60, "kind": "sound"}, {"after": 120, "kind": "push"},
     {"after": 300, "kind": "mail", "to": "sue@shop.example"},
     {"after": 300, "kind": "webhook", "to": "https://hooks.example/…"}]

`after` is in seconds since the chat waits, in order. When nobody could take it however long it waits, the
first step is taken at once and the others at the same distance from it. Null are `USUAL`, [] is none.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

import msgspec
from django.utils.translation import gettext
from msgspec import Meta

from support_chat.desk.invalid import Invalid, converted

SOUND: Final = "sound"
PUSH: Final = "push"
MAIL: Final = "mail"
WEBHOOK: Final = "webhook"
MOST_STEPS: Final = 6

After = Annotated[int, Meta(ge=0, le=24 * 3600)]


class InvalidAlerts(Invalid):
    """In words for whoever sets them."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    after: After
    kind: Literal["sound", "push", "mail", "webhook"]
    to: Annotated[str, Meta(max_length=1_000)] = ""  # an e-mail address, or a webhook's


USUAL: Final = (Step(after=60, kind="sound"),)


def alerts_of(value: Any) -> tuple[Step, ...]:
    """The steps, in their order. InvalidAlerts."""
    if value is None:
        return USUAL
    steps: list[Step] = converted(value, list[Step], InvalidAlerts)
    if len(steps) > MOST_STEPS:
        raise InvalidAlerts(gettext("Set at most %(most)s steps.") % {"most": MOST_STEPS})
    for step in steps:
        check_target(step.kind, step.to)
    return tuple(sorted(steps, key=lambda step: step.after))


def check_target(kind: str, to: str) -> None:
    """Whether a step of this kind can go there; whether it is let there is seen when it is sent."""
    if kind == MAIL and not _is_address(to):
        raise InvalidAlerts(gettext("Write the e-mail address that it goes to."))
    if kind == WEBHOOK and not is_https(to):
        raise InvalidAlerts(gettext("Write the address of the webhook: it begins with https://."))
    if kind in (SOUND, PUSH) and to:
        raise InvalidAlerts(
            gettext("A sound or a notice goes to the agents of the queue, and to no address.")
        )


def is_https(url: str) -> bool:
    """An address by TLS, with a host and no name or password in it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    named = bool(parts.hostname) and "@" not in parts.netloc and port in (None, 443)
    return parts.scheme == "https" and named and url.isascii() and url.isprintable() and " " not in url


def is_due(steps: Sequence[Step], taken: int, waited: float, *, nobody: bool) -> bool:
    """Whether the next step's time has come, after `taken` of them and `waited` seconds. `nobody`: there is
    nobody who could take the chat."""
    if taken >= len(steps):
        return False
    return waited >= steps[taken].after - (steps[0].after if nobody else 0)


def place_of(url: str) -> str:
    """Of a webhook's address what is no secret: its host."""
    return urlsplit(url).hostname or ""


def _is_address(text: str) -> bool:
    name, _, host = text.rpartition("@")
    return (
        bool(name and "." in host)
        and text.isprintable()
        and len(text) <= 254
        and not set(text) & set(" ,;<>")
    )

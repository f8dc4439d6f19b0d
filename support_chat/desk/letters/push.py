"""A notice for a browser whose console is closed: Web Push (RFC 8030), sealed for that browser alone
(RFC 8291), in our name (VAPID, RFC 8292)."""

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext

from support_chat.desk.ids import fingerprint
from support_chat.desk.letters.refusals import NotTaken
from support_chat.desk.models import Outbox, PushSubscription
from support_chat.desk.outgoing import NotFetched, Request, ask_once
from support_chat.desk.push_keys import sealed, signed_for

_SECONDS: Final = 8.0
_LASTS: Final = 300  # seconds that the push service keeps it: later it is no news
_GONE: Final = {404, 410}
_TOPIC: Final = 32  # characters at most; what a push service sees of a chat is a digest


@dataclass(frozen=True, slots=True, repr=False)
class Push:
    """`topic`: of two with the same one that wait at the push service, the newer stays (RFC 8030)."""

    endpoint: str
    p256dh: str
    auth: str
    data: dict[str, Any]
    topic: str = ""

    def send(self) -> None:
        """NotTaken; `gone` when the browser does not take it any more."""
        try:
            keys = {"p256dh": self.p256dh, "auth": self.auth}
            body = sealed(json.dumps(self.data).encode(), endpoint=self.endpoint, **keys)
        except ValueError:
            raise NotTaken(gettext("The keys of the browser are none"), final=True, gone=True) from None
        request = Request("POST", self.endpoint, self._headers(), body, schemes=("https",))
        try:
            status = ask_once(request, seconds=_SECONDS).status
        except NotFetched as error:
            raise NotTaken(str(error)[:100]) from None
        if not 200 <= status < 300:
            raise NotTaken(f"HTTP {status}", final=status < 500 and status != 429, gone=status in _GONE)

    def _headers(self) -> dict[str, str]:
        parts = urlsplit(self.endpoint)
        return {
            "Authorization": signed_for(f"{parts.scheme}://{parts.netloc}", settings.PUBLIC_URL),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(_LASTS),
            "Urgency": "high",
            **({"Topic": self.topic} if self.topic else {}),
        }


def browser_of(row: Outbox) -> PushSubscription | None:
    """None where it was signed out meanwhile, is somebody else's by now, or got a new password."""
    found = PushSubscription.objects.select_related("agent__user", "agent__attention")
    theirs = found.filter(pk=row.payload["browser"], agent__public_id=row.payload["agent"])
    browser = theirs.filter(agent__user__is_active=True).first()
    if browser is None or browser.password != fingerprint(browser.agent.user.password):
        return None
    return browser


def notice(row: Outbox, browser: PushSubscription, *, title: str, body: str) -> Push:
    """What is pushed to this browser; of one chat the newest is enough."""
    chat = row.payload.get("chat", "")
    data = {"title": title, "body": body, "chat": chat, "tag": row.public_id}
    topic = fingerprint(chat)[:_TOPIC] if chat else ""
    return Push(browser.endpoint, browser.p256dh, browser.auth, data, topic)

"""A line for a team's messenger."""

import json
from dataclasses import dataclass
from typing import Any, Final

from support_chat.desk.letters.refusals import NotTaken
from support_chat.desk.outgoing import NotFetched, Request, ask_once

_SECONDS: Final = 8.0


@dataclass(frozen=True, slots=True, repr=False)  # whoever knows the address may write there
class Webhook:
    url: str
    body: dict[str, Any]

    def send(self) -> None:
        """NotTaken. It is led nowhere else: an address that moved is set anew by hand."""
        headers = {"Content-Type": "application/json", "User-Agent": "SupportChat"}
        request = Request("POST", self.url, headers, json.dumps(self.body).encode(), schemes=("https",))
        try:
            status = ask_once(request, seconds=_SECONDS).status
        except NotFetched as error:
            raise NotTaken(str(error)[:100]) from None
        if not 200 <= status < 300:
            raise NotTaken(f"HTTP {status}", final=300 <= status < 500 and status not in (408, 429))

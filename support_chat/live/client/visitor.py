"""A visitor's client: asks on a site, writes, hears the team's answers."""

import uuid
from typing import Any

from support_chat.live.client.chat import ChatClient
from support_chat.live.client.link import Fields


class VisitorClient(ChatClient):
    """One visitor of `site`. Without a `token` the server makes one; keep `token` to be them again."""

    def __init__(
        self,
        url: str,
        *,
        site: str,
        token: str | None = None,
        page: str | None = None,
        locale: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(url, **options)
        self.site, self.token = site, token
        self.page_address, self.locale = page, locale
        self.visitor: dict[str, Any] = {}
        self.conversation: str | None = None

    async def start_conversation(
        self, body: str | None = None, *, client_id: str | None = None, queue: str | None = None
    ) -> str:
        """Opens a chat, or writes into the open one; returns its id. However often it was sent, one chat."""
        fields: Fields = {"client_id": client_id or str(uuid.uuid4()), "body": body, "queue": queue}
        given = {name: value for name, value in fields.items() if value is not None}
        answer = await self.settle("start_conversation", given, then=self._started)
        return str(answer["conversation"])

    async def end_conversation(self, conversation: str) -> Fields:
        return await self.outbox.post(conversation, "end_conversation")

    def _hello(self) -> Fields:
        known = {"token": self.token, "page": self.page_address, "locale": self.locale}
        return (
            super()._hello()
            | {"site": self.site}
            | {key: value for key, value in known.items() if value is not None}
        )

    def _welcomed(self, welcome: Fields) -> None:
        self.visitor = welcome.get("visitor", {})
        self.token = welcome.get("token") or self.token
        if snapshot := welcome.get("conversation"):
            self._take_snapshot(snapshot)

    def _started(self, answer: Fields) -> None:
        self._take_snapshot(answer["snapshot"])

    def _take_snapshot(self, snapshot: Fields) -> None:
        """A log that holds something is made whole by resuming, not by starting again."""
        self.conversation = str(snapshot["id"])
        log = self._log(self.conversation)
        if not log.position:
            log.adopt(snapshot)
        elif snapshot["position"] > log.position:
            self._recover_soon(self.conversation)

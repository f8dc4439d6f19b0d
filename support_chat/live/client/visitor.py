"""A visitor's client: asks on a site, writes, hears the team's answers."""

import uuid
from typing import Any

from support_chat.live.client.chat import ChatClient
from support_chat.live.client.link import Fields


class VisitorClient(ChatClient):
    """One visitor of `site`. Without a `token` the server makes a new visitor; keep `token` to be them again."""

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
        """Opens a chat, or writes into the one that is open; returns its id. Safe across losses: one chat comes of it."""
        fields: Fields = {"client_id": client_id or str(uuid.uuid4()), "body": body, "queue": queue}
        answer = await self.settle("start_conversation", **{k: v for k, v in fields.items() if v is not None})
        self.conversation = str(answer["conversation"])
        self._log(self.conversation).adopt(answer["snapshot"])
        return self.conversation

    async def end_conversation(self, conversation: str) -> Fields:
        return await self.outbox.post(conversation, "end_conversation")

    def _hello(self) -> Fields:
        known = {"token": self.token, "page": self.page_address, "locale": self.locale}
        return (
            super()._hello()
            | {"site": self.site}
            | {key: value for key, value in known.items() if value is not None}
        )

    async def _welcomed(self, welcome: Fields) -> None:
        self.visitor = welcome.get("visitor", {})
        self.token = welcome.get("token") or self.token
        if snapshot := welcome.get("conversation"):
            self.conversation = str(snapshot["id"])
            log = self._log(self.conversation)
            if not log.position:
                log.adopt(snapshot)
        await super()._welcomed(welcome)

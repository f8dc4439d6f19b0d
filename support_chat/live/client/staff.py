"""A staff member's client: takes chats, reads and answers them. Signs in by API token, or by cookies."""

from functools import partial
from typing import Any

from support_chat.live.client.chat import ChatClient, take_answer
from support_chat.live.client.link import Fields
from support_chat.live.client.message_log import MessageLog


class StaffClient(ChatClient):
    """One agent. Opened chats are opened again after every loss, from where each had come to."""

    catch_up_command = "open_conversation"

    def __init__(self, url: str, *, token: str | None = None, **options: Any) -> None:
        super().__init__(url, **options)
        self.token = token
        self.status: str | None = None
        self.agent: dict[str, Any] = {}

    async def set_status(self, status: str) -> None:
        """online, finishing, away or offline. Said again after a loss: the server may have let it lapse."""
        self.status = status
        await self.settle("set_status", {"status": status})

    async def open_conversation(self, conversation: str) -> Fields:
        """Opens a chat and keeps its log; returns what the server says about it. Raises RefusedError."""
        log = self._log(conversation)
        try:
            answer = await self.settle("open_conversation", self._where(log), then=partial(take_answer, log))
        except BaseException:
            self.logs.pop(conversation, None)
            raise
        return dict(answer.get("about", {}))

    async def leave_conversation(self, conversation: str) -> None:
        self.logs.pop(conversation, None)
        await self.request("leave_conversation", conversation=conversation)

    async def accept_conversation(self, conversation: str, *, client_id: str | None = None) -> Fields:
        return await self.outbox.post(conversation, "accept_conversation", client_id=client_id)

    async def add_note(self, conversation: str, body: str, *, client_id: str | None = None) -> Fields:
        return await self.outbox.post(conversation, "add_note", client_id=client_id, body=body)

    async def close_conversation(self, conversation: str, *, client_id: str | None = None) -> Fields:
        return await self.outbox.post(conversation, "close_conversation", client_id=client_id)

    async def reopen_conversation(self, conversation: str, *, client_id: str | None = None) -> Fields:
        return await self.outbox.post(conversation, "reopen_conversation", client_id=client_id)

    def _where(self, log: MessageLog) -> Fields:
        return super()._where(log) if log.position else {"conversation": log.conversation}

    def _hello(self) -> Fields:
        return super()._hello() | ({"token": self.token} if self.token else {})

    def _welcomed(self, welcome: Fields) -> None:
        self.agent = welcome.get("agent", {})

    async def _catch_up(self) -> None:
        await super()._catch_up()
        if self.status is not None and self.agent.get("status") != self.status:
            await self.request("set_status", status=self.status)

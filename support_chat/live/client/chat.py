"""What visitors' and staff's clients share: logs that stay whole, an outbox, and listeners."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from types import TracebackType
from typing import Any, Self

from support_chat.live.client.errors import EndedError, LostError, RefusedError
from support_chat.live.client.link import Fields, Link
from support_chat.live.client.message_log import Entry, MessageLog
from support_chat.live.client.outbox import UNSAID_WAIT, Outbox
from support_chat.live.client.returning import Backoff

Event = dict[str, Any]
EntryListener = Callable[[str, Entry], None]
EventListener = Callable[[Event], None]


class ChatClient:
    """A client of one socket. `async with` starts and stops it.

    Listeners are plain functions, called in order on the event loop; they must not block.
    `on_entry(conversation, entry)` tells every entry of an open chat once, in position order, whichever way
    it came; `on_event(event)` every event as it came; `on_reset(conversation)` that a chat's entries start
    again, because the server's log is another one now.
    """

    catch_up_command = "resume"

    def __init__(
        self, url: str, *, client: str = "python/1", backoff: Backoff | None = None, **options: Any
    ) -> None:
        self.client = client
        self.logs: dict[str, MessageLog] = {}
        self.on_entry: list[EntryListener] = []
        self.on_event: list[EventListener] = []
        self.on_reset: list[Callable[[str], None]] = []
        self._recoveries: dict[str, asyncio.Task[None]] = {}
        self.link = Link(
            url,
            hello=self._hello,
            on_welcome=self._welcomed,
            catch_up=self._catch_up,
            on_event=self._heard,
            on_heads=self._compare_heads,
            backoff=backoff,
            **options,
        )
        self.outbox = Outbox(self.link)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> Fields:
        """Connects and says hello; returns its answer. Raises EndedError where this client is not wanted."""
        try:
            return await self.link.start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        self.outbox.close()
        for recovery in self._recoveries.values():
            recovery.cancel()
        await self.link.stop()

    async def request(self, do: str, **fields: Any) -> Fields:
        """One command, one attempt. Raises RefusedError, LostError, EndedError."""
        return await self.link.request(do, fields)

    async def settle(
        self, do: str, fields: Fields, *, then: Callable[[Fields], object] = lambda ok: None
    ) -> Fields:
        """A command that may be repeated, by its client_id or its nature: until yes or a final no."""
        while True:
            await self.link.online()
            try:
                return await self.link.request(do, fields, then=then)
            except LostError:
                continue
            except RefusedError as refused:
                if not refused.retry:
                    raise
                await asyncio.sleep(refused.after or UNSAID_WAIT)

    async def post_message(self, conversation: str, body: str, *, client_id: str | None = None) -> Fields:
        """Posts once and in order, across losses; returns {position, at}. Raises RefusedError, EndedError."""
        return await self.outbox.post(conversation, "post_message", client_id=client_id, body=body)

    async def mark_read(self, conversation: str, position: int | None = None) -> None:
        """Marks all that is known here as read, or up to `position`."""
        known = self.logs[conversation].position if position is None else position
        await self.request("mark_read", conversation=conversation, position=known)

    async def set_typing(self, conversation: str, typing: bool, **fields: Any) -> None:
        await self.request("set_typing", conversation=conversation, typing=typing, **fields)

    async def page(self, conversation: str, limit: int = 100) -> list[Entry]:
        """Fetches the entries before the oldest held, at most `limit`; [] when there are none."""
        log = self.logs[conversation]
        before = log.entries[0]["position"] if log.entries else log.position + 1
        answer = await self.request("page", conversation=conversation, before=before, limit=limit)
        log.prepend(answer)
        return list(answer["entries"])

    async def entries(self, conversation: str) -> AsyncIterator[Entry]:
        """The entries held of an open chat, then every new one as it comes, without end."""
        queue: asyncio.Queue[Entry] = asyncio.Queue()
        for entry in self.logs[conversation].entries:
            queue.put_nowait(entry)

        def put(heard: str, entry: Entry) -> None:
            if heard == conversation:
                queue.put_nowait(entry)

        self.on_entry.append(put)
        try:
            while True:
                yield await queue.get()
        finally:
            self.on_entry.remove(put)

    def _hello(self) -> Fields:
        return {"client": self.client}

    def _welcomed(self, welcome: Fields) -> None:
        """Takes what hello answered; the faces add to it."""

    async def _catch_up(self) -> None:
        """Every log held is made whole before the new socket counts as online."""
        for log in list(self.logs.values()):  # one by one: the server answers a socket in turn
            await self._recover(log)

    def _log(self, conversation: str) -> MessageLog:
        if conversation not in self.logs:
            self.logs[conversation] = MessageLog(conversation, on_entry=self._tell, on_reset=self._tell_reset)
        return self.logs[conversation]

    def _tell(self, conversation: str, entry: Entry) -> None:
        for listener in tuple(self.on_entry):
            listener(conversation, entry)

    def _tell_reset(self, conversation: str) -> None:
        for listener in tuple(self.on_reset):
            listener(conversation)

    def _heard(self, event: Event) -> None:
        conversation = event.get("conversation", "")
        if event["event"] == "entry_added" and conversation in self.logs:
            if self.logs[conversation].apply(event["entry"]) == "gap":
                self._recover_soon(conversation)
        elif event["event"] == "conversation_changed" and conversation in self.logs:
            self.logs[conversation].state = event.get("state")
            self.logs[conversation].agent = event.get("agent")
        for listener in tuple(self.on_event):
            listener(event)

    def _compare_heads(self, heads: dict[str, int]) -> None:
        for topic, version in heads.items():
            kind, _, name = topic.partition(":")
            if kind == "conversation" and name in self.logs and version > self.logs[name].position:
                self._recover_soon(name)

    def _recover_soon(self, conversation: str) -> None:
        if conversation in self._recoveries:
            return
        task = self._recoveries[conversation] = asyncio.create_task(self._recover_alone(conversation))
        task.add_done_callback(lambda _: self._recoveries.pop(conversation, None))

    async def _recover_alone(self, conversation: str) -> None:
        try:
            await self._recover(self.logs[conversation])
        except (RefusedError, LostError, EndedError):
            return  # the next gap, beat or welcome tries again

    async def _recover(self, log: MessageLog) -> None:
        """Fetches what came after the log's position, or the present state where histories have parted."""
        answer: Fields = {"more": True}
        try:
            while answer.get("more"):
                answer = await self.link.request(
                    self.catch_up_command, self._where(log), then=partial(take_answer, log)
                )
        except RefusedError as refused:
            if refused.retry:
                raise
            self.logs.pop(log.conversation, None)  # not ours any longer

    def _where(self, log: MessageLog) -> Fields:
        where: Fields = {"conversation": log.conversation, "after": log.position}
        return where | {"mark": log.mark} if log.mark else where


def take_answer(log: MessageLog, answer: Fields) -> None:
    """Puts a catch-up's answer into the log."""
    if answer["recovered"]:
        log.extend(answer["entries"])
    else:
        log.adopt(answer["snapshot"])

"""The visitors' ends: the product's own client, and a notebook of what it said and saw."""

import asyncio
import random
from collections.abc import Awaitable
from typing import Any, TypeVar

from support_chat.live.client import Backoff, ClientError, Entry, RefusedError, VisitorClient
from tests.chaos.notebook import Ear, Notebook, answer

T = TypeVar("T")


class VisitorEnd:
    """One visitor, who comes through `url` for one chat."""

    def __init__(self, notebook: Notebook, name: str, url: str, site: str, chance: random.Random) -> None:
        backoff = Backoff(first=0.2, most=1.5, chance=chance)
        self.name, self.chat, self.site = name, "", site
        self.client = VisitorClient(f"{url}/ws/visitor", site=site, backoff=backoff, proxy=None)
        self.client.on_entry.append(self._hear)
        self.client.on_reset.append(self._reset)
        self.link = notebook.attend(name, self._is_online)
        self._notebook = notebook
        self.ear: Ear | None = None

    async def start_chat(self, text: str | None, client_id: str) -> str:
        """Comes, and opens a chat; its id. Whoever hears it before we know its name waits for that."""
        await self.client.start()
        said = None
        if text is not None:
            said = self._note(text, client_id)
        answered = await self.client.settle(
            "start_conversation",
            {"client_id": client_id} | ({} if text is None else {"body": text}),
            then=self.client._started,
        )
        self.chat = str(answered["conversation"])
        self._notebook.tokens[self.chat] = str(self.client.token)
        self._notebook.sites[self.chat] = self.site
        if said is not None:
            said.chat = self.chat
            answer(said, answered)
        return self.chat

    async def post(self, text: str, client_id: str) -> None:
        """Returns once it was answered yes or no."""
        said = self._note(text, client_id)
        try:
            answer(said, await self.client.post_message(self.chat, text, client_id=client_id))
        except RefusedError as refused:
            said.refused = refused.code

    async def end_chat(self) -> None:
        try:
            await self.client.end_conversation(self.chat)
        except ClientError as error:
            self._notebook.troubles[f"a visitor could not end the chat: {error}"] += 1

    async def stop(self) -> None:
        self.link.end()
        await self.client.stop()

    def _note(self, text: str, client_id: str) -> Any:
        return self._notebook.say(
            who=self.name, role="visitor", chat=self.chat, text=text, client_id=client_id, counts="visible"
        )

    def _hear(self, chat: str, entry: Entry) -> None:
        if self.ear is None:
            self.ear = self._notebook.ear(self.name, chat, "visible", self.link)
        self.ear.hear(entry)

    def _reset(self, chat: str) -> None:
        self._notebook.troubles["a visitor's history was taken for another one"] += 1

    def _is_online(self) -> bool:
        return is_online(self.client)


def is_online(client: Any) -> bool:
    return bool(client.link._settled.is_set() and not client.link.has_ended())


async def patiently(notebook: Notebook, what: str, seconds: float, work: Awaitable[T]) -> T | None:
    """What came of it; None where it took too long or met trouble, which the notebook then knows."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except (TimeoutError, ClientError) as error:
        notebook.troubles[f"{what}: {error or 'took too long'}"] += 1
        return None

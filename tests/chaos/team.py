"""The agents: they take what routing gives them and race for what waits, through the product's client."""

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from support_chat.live.client import Backoff, ClientError, Entry, RefusedError, StaffClient
from tests.chaos.notebook import Ear, Notebook, answer
from tests.chaos.visitors import is_online
from tests.chaos.who import token_of

Row = Mapping[str, Any]


class Client(StaffClient):
    """Also says what a welcome found in the inbox."""

    def __init__(self, url: str, on_welcome: Callable[[dict[str, Any]], None], **options: Any) -> None:
        super().__init__(url, **options)
        self._on_inbox = on_welcome

    def _welcomed(self, welcome: dict[str, Any]) -> None:
        super()._welcomed(welcome)
        self._on_inbox(welcome)


class AgentEnd:
    """One agent. `hasty` ones are away for routing, and accept whatever they see waiting."""

    def __init__(self, team: "Team", name: str, url: str, *, hasty: bool, chance: random.Random) -> None:
        backoff = Backoff(first=0.2, most=1.5, chance=chance)
        token = token_of(name)
        self.name, self.hasty, self.mine = name, hasty, set[str]()
        self.client = Client(f"{url}/ws/agent", self._welcomed, token=token, backoff=backoff, proxy=None)
        self.client.on_entry.append(self._hear)
        self.client.on_event.append(self._heard)
        self.client.on_reset.append(self._reset)
        self.link = team.notebook.attend(name, lambda: is_online(self.client))
        self.ears: dict[str, Ear] = {}
        self._positions: dict[str, int] = {}  # of each chat's newest row
        self._team = team
        self._side: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        await self.client.start()
        await self.client.set_status("away" if self.hasty else "online")

    async def stop(self) -> None:
        self.link.end()
        for task in self._side:
            task.cancel()
        await asyncio.gather(*self._side, return_exceptions=True)
        await self.client.stop()

    async def say(self, chat: str, text: str, client_id: str, *, note: bool = False) -> bool:
        """A message or a note; False where it was finally refused."""
        said = self._team.notebook.say(
            who=self.name,
            role="agent",
            chat=chat,
            text=text,
            client_id=client_id,
            counts="position",
            kind="note" if note else "message",
        )
        post = self.client.add_note if note else self.client.post_message
        try:
            answer(said, await post(chat, text, client_id=client_id))
        except RefusedError as refused:
            said.refused = refused.code
        return said.refused is None

    async def read(self, chat: str) -> None:
        """Marks it as read, if that goes at once."""
        with suppress(ClientError, KeyError):
            await self.client.mark_read(chat)

    async def close(self, chat: str) -> bool:
        """False where somebody else has the chat by now."""
        try:
            await self.client.close_conversation(chat)
        except RefusedError:
            return False
        return True

    async def leave(self, chat: str) -> None:
        """It is over, and everything of it is known here."""
        if self.ears.pop(chat, None) is not None:
            with suppress(ClientError):
                await self.client.leave_conversation(chat)

    def _welcomed(self, welcome: dict[str, Any]) -> None:
        for chat in self.mine - {row["conversation"] for row in welcome["inbox"] if self._is_mine(row)}:
            self._let_go(chat)
        self._look_at(welcome["inbox"])

    def _heard(self, event: dict[str, Any]) -> None:
        if event["event"] == "inbox_changed":
            self._look_at(event["rows"])

    def _look_at(self, rows: Iterable[Row]) -> None:
        for row in rows:
            chat = row["conversation"]
            if row["position"] < self._positions.get(chat, 0):
                continue  # lists are told apart from each other: this one comes late
            self._positions[chat] = row["position"]
            if self._is_mine(row):
                self._take(chat)
            elif chat in self.mine:
                self._let_go(chat)
            if row["state"] == "queued" and self.hasty:
                self._beside(self._grab(chat))

    def _is_mine(self, row: Row) -> bool:
        return row["state"] == "active" and row["agent"]["id"] == self.client.agent["id"]

    def _take(self, chat: str) -> None:
        if chat not in self.mine:
            self.mine.add(chat)
            self._team.took(chat, self)
        if chat not in self.ears:
            self.ears[chat] = self._team.notebook.ear(self.name, chat, "position", self.link)
            self._beside(self._open(chat))

    def _let_go(self, chat: str) -> None:
        self.mine.discard(chat)
        self._team.lost(chat, self)

    async def _open(self, chat: str) -> None:
        try:
            await self.client.open_conversation(chat)
        except ClientError as error:
            self._team.notebook.troubles[f"an agent could not open their chat: {error}"] += 1

    async def _grab(self, chat: str) -> None:
        with suppress(ClientError):  # somebody was quicker, or there is no room
            try:
                await self.client.accept_conversation(chat)
            except RefusedError as refused:
                if refused.code == "not_next":  # this one has waited longer
                    await self.client.accept_conversation(refused.details["conversation"])

    def _hear(self, chat: str, entry: Entry) -> None:
        if chat in self.ears:
            self.ears[chat].hear(entry)

    def _reset(self, chat: str) -> None:
        self._team.notebook.troubles["an agent's history was taken for another one"] += 1

    def _beside(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._side.add(task)
        task.add_done_callback(self._side.discard)


class Team:
    """All agents, and who of them has which chat as far as they have heard."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.agents: list[AgentEnd] = []
        self._holders: dict[str, AgentEnd] = {}
        self._news = asyncio.Event()

    async def holder(self, chat: str) -> AgentEnd:
        """Whoever has this chat; waits until somebody does."""
        while chat not in self._holders:
            self._news.clear()
            await self._news.wait()
        return self._holders[chat]

    def took(self, chat: str, agent: AgentEnd) -> None:
        self._holders[chat] = agent
        self._news.set()

    def lost(self, chat: str, agent: AgentEnd) -> None:
        if self._holders.get(chat) is agent:
            del self._holders[chat]

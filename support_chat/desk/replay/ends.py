"""The two ends of a chat that is played: what each has heard, and the team that takes the chats."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from support_chat.live.client import ClientError, StaffClient
from support_chat.live.client.message_log import Entry, MessageLog

GOODBYE = 5.0  # seconds for what is said on leaving


@dataclass(slots=True)
class Ear:
    """The messages that one end has heard of one chat, as they came."""

    heard: list[tuple[str, str]] = field(default_factory=list)  # author's role, text
    times: list[float] = field(default_factory=list)  # by time.perf_counter
    closed: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, entry: Entry) -> None:
        if entry["kind"] == "message":
            self.heard.append((entry["author"]["role"], entry["body"]["text"]))
            self.times.append(time.perf_counter())
        self.closed = entry["kind"] == "closed"
        self._news.set()

    async def until(self, messages: int, *, closed: bool = False) -> None:
        """Waits for so many messages, or for the end of the chat too. Bound it with a timeout."""
        while len(self.heard) < messages or (closed and not self.closed):
            self._news.clear()
            await self._news.wait()


@dataclass(slots=True)
class Seat:
    """The agent's side of one chat: known once some agent has been given it and has opened it."""

    ear: Ear = field(default_factory=Ear)
    agent: StaffClient | None = None
    _taken: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, agent: StaffClient) -> None:
        self.agent = agent
        self._taken.set()

    async def taker(self) -> StaffClient:
        """Whoever has the chat; waits until somebody does."""
        while self.agent is None:
            await self._taken.wait()
        return self.agent


class Team:
    """The agents of a replay: whichever of them routing gives a chat to opens it and sits down."""

    def __init__(self, url: str, tokens: Iterable[str], **options: Any) -> None:
        self.agents = [StaffClient(url, token=token, client="replay/1", **options) for token in tokens]
        self.troubles: Counter[str] = Counter()
        self._seats: dict[str, Seat] = {}
        self._opening: dict[str, asyncio.Task[None]] = {}
        self._over: set[str] = set()  # a late row of a chat that is over opens nothing

    async def start(self) -> None:
        """Signs everybody in and says that they are online. Raises EndedError."""
        for agent in self.agents:
            agent.on_entry.append(self._hear)
            agent.on_event.append(partial(self._heard, agent))
        await asyncio.gather(*(agent.start() for agent in self.agents))
        await asyncio.gather(*(agent.set_status("online") for agent in self.agents))

    async def stop(self) -> None:
        goodbyes = (agent.settle("set_status", {"status": "offline"}) for agent in self.agents)
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await asyncio.gather(*goodbyes, return_exceptions=True)
        await asyncio.gather(*(agent.stop() for agent in self.agents))

    def seat(self, conversation: str) -> Seat:
        if conversation not in self._seats:
            self._seats[conversation] = Seat()
        return self._seats[conversation]

    async def rise(self, conversation: str) -> MessageLog | None:
        """Leaves a chat that is over; returns the log that its agent held."""
        self._over.add(conversation)
        seat = self._seats.pop(conversation, None)
        if seat is None or seat.agent is None:
            return None
        log = seat.agent.logs.get(conversation)
        with suppress(ClientError):  # an open chat more or less matters no longer
            await seat.agent.leave_conversation(conversation)
        return log

    def _hear(self, conversation: str, entry: Entry) -> None:
        self.seat(conversation).ear.hear(entry)

    def _heard(self, agent: StaffClient, event: dict[str, Any]) -> None:
        if event["event"] != "inbox_changed":
            return
        for row in event["rows"]:
            mine = row["state"] == "active" and row["agent"]["id"] == agent.agent["id"]
            if mine and row["conversation"] not in agent.logs:
                self._sit_soon(agent, row["conversation"])

    def _sit_soon(self, agent: StaffClient, conversation: str) -> None:
        if conversation in self._over or conversation in self._opening:
            return
        task = self._opening[conversation] = asyncio.create_task(self._sit(agent, conversation))
        task.add_done_callback(lambda _: self._opening.pop(conversation, None))

    async def _sit(self, agent: StaffClient, conversation: str) -> None:
        seat = self.seat(conversation)
        try:
            await agent.open_conversation(conversation)
        except ClientError as error:
            self.troubles[f"an agent could not open their chat: {error}"] += 1
            return
        seat.take(agent)

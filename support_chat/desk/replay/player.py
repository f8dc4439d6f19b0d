"""Plays recorded chats: every message waits until the other end has heard the one before it."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from support_chat.desk.replay.ends import GOODBYE, Ear, Seat, Team
from support_chat.desk.replay.recording import Line, RecordedChat
from support_chat.desk.replay.score import Difference, Score, compare
from support_chat.live.client import ClientError, MessageLog, VisitorClient

PATIENCE = 60.0  # seconds for one step of a chat: connecting, getting an agent, being heard
WIRE: dict[str, Any] = {"proxy": None, "open_timeout": 30}  # hundreds connect at once


@dataclass(slots=True)
class Play:
    """One replay. `speed` is how many recorded seconds pass in one; None plays without waiting."""

    url: str  # of the visitors' server, without a path
    agent_url: str
    site: str
    tokens: tuple[str, ...]
    speed: float | None
    chats_at_once: int
    score: Score = field(default_factory=Score)
    _began: float = 0.0
    _first: float = float("inf")  # when the first chat was recorded

    async def run(self, chats: Iterable[RecordedChat], progress: Callable[[Score], None]) -> Score:
        """Plays them all; `progress` is told the counts twice a second. Raises EndedError, OSError."""
        team = Team(f"{self.agent_url}/ws/agent", self.tokens, **WIRE)
        self._began = time.perf_counter()
        watcher = asyncio.create_task(self._watch(progress))
        try:
            async with asyncio.timeout(PATIENCE):
                await team.start()
            shared = iter(chats)
            await asyncio.gather(*(self._play_from(shared, team) for _ in range(self.chats_at_once)))
        finally:
            watcher.cancel()
            await team.stop()
        self._settle(team)
        return self.score

    async def _play_from(self, chats: Iterator[RecordedChat], team: Team) -> None:
        for chat in chats:
            self._first = min(self._first, chat.started)
            await self._wait_until(self._began, chat.started - self._first)
            await self._play(chat, team)

    async def _play(self, chat: RecordedChat, team: Team) -> None:
        scene = Scene(chat, self._visitor(), team, self.score, self)
        try:
            await scene.play()
            self.score.chats += 1
        except (ClientError, TimeoutError) as why:
            self.score.unfinished += 1
            self.score.troubles[f"{scene.doing}: {why or 'nothing came'}"] += 1
            await scene.give_up()
        finally:
            await scene.leave()

    def _visitor(self) -> VisitorClient:
        return VisitorClient(f"{self.url}/ws/visitor", site=self.site, client="replay/1", **WIRE)

    async def pace(self, since: float, line: Line) -> None:
        await self._wait_until(since, line.at)

    async def _wait_until(self, since: float, recorded: float) -> None:
        """Until so many recorded seconds after `since`, at this speed."""
        if self.speed is not None:
            await asyncio.sleep(since + recorded / self.speed - time.perf_counter())

    async def _watch(self, progress: Callable[[Score], None]) -> None:
        while True:
            self.score.seconds = time.perf_counter() - self._began
            progress(self.score)
            await asyncio.sleep(0.5)

    def _settle(self, team: Team) -> None:
        self.score.seconds = time.perf_counter() - self._began
        self.score.troubles += team.troubles
        for agent in team.agents:
            self.score.refusals += agent.link.refusals
            self.score.losses += agent.link.losses


@dataclass(slots=True)
class Scene:
    """One chat being played, with its own visitor."""

    chat: RecordedChat
    visitor: VisitorClient
    team: Team
    score: Score
    director: Play
    doing: str = "connecting"
    conversation: str = ""
    asked: int = 0  # messages that were sent off, whether an answer came or not
    sent: int = 0
    ear: Ear = field(default_factory=Ear)  # the visitor's
    seat: Seat = field(default_factory=Seat)

    async def play(self) -> None:
        """Raises ClientError or TimeoutError where it got stuck; `doing` says at what."""
        self.visitor.on_entry.append(lambda _, entry: self.ear.hear(entry))
        async with asyncio.timeout(PATIENCE):
            await self.visitor.start()
        since = time.perf_counter()
        await self._open()
        for index, line in enumerate(self.chat.lines):
            await self.director.pace(since, line)
            await self._say(index, line)
        await self._close()

    async def give_up(self) -> None:
        """Ends a chat that got stuck, so that it takes no agent's place for ever."""
        with suppress(ClientError, TimeoutError):
            async with asyncio.timeout(GOODBYE):
                if self.conversation:
                    await self.visitor.end_conversation(self.conversation)

    async def leave(self) -> None:
        """Counts what both ends heard, and goes."""
        agents_log = await self.team.rise(self.conversation) if self.conversation else None
        self.score.wrong += self._wrong(self.ear, self.visitor.logs.get(self.conversation))
        self.score.wrong += self._wrong(self.seat.ear, agents_log)
        self.score.refusals += self.visitor.link.refusals
        self.score.losses += self.visitor.link.losses
        await self.visitor.stop()

    async def _open(self) -> None:
        """Starts the chat, with its first words where they are the visitor's, and waits for an agent."""
        self.doing = "starting the chat"
        first = self.chat.lines[0].text if self.chat.opens_with_words else None
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            self.conversation = await self.visitor.start_conversation(
                first, client_id=str(self.chat.start_id)
            )
            self.sent += first is not None
            self.score.sent += first is not None
            self.doing = "waiting for an agent"
            self.seat = self.team.seat(self.conversation)
            await self.seat.taker()
        self.score.first.seconds.append(time.perf_counter() - began)

    async def _say(self, index: int, line: Line) -> None:
        """Posts a message and waits until both ends have it."""
        async with asyncio.timeout(PATIENCE):
            if index >= self.sent:
                self.doing = f"posting a message of the {line.sender}"
                await self._post(index, line)
            self.doing = f"delivering a message of the {line.sender}"
            await asyncio.gather(self.ear.until(index + 1), self.seat.ear.until(index + 1))
        self.score.delivered += 1

    async def _post(self, index: int, line: Line) -> None:
        writer: Any = self.visitor if line.sender == "visitor" else await self.seat.taker()
        hears = self.seat.ear if line.sender == "visitor" else self.ear
        began = time.perf_counter()
        self.asked = index + 1
        await writer.post_message(self.conversation, line.text, client_id=str(self.chat.client_id(index)))
        self.sent += 1
        self.score.sent += 1
        await hears.until(index + 1)
        self.score.later.seconds.append(hears.times[index] - began)

    async def _close(self) -> None:
        self.doing = "closing the chat"
        async with asyncio.timeout(PATIENCE):
            agent = await self.seat.taker()
            await agent.close_conversation(self.conversation, client_id=str(self.chat.client_id("close")))
            await asyncio.gather(
                self.ear.until(self.sent, closed=True), self.seat.ear.until(self.sent, closed=True)
            )

    def _wrong(self, ear: Ear, log: MessageLog | None) -> Difference:
        """What one end heard against what was sent, and what its socket told twice or too early."""
        certain = max(self.sent, min(self.asked, len(ear.heard)))  # what got no answer may have arrived
        sent = [(line.sender, line.text) for line in self.chat.lines[:certain]]
        heard = compare(sent, ear.heard)
        return heard + Difference(0, log.doubled, log.gaps) if log else heard

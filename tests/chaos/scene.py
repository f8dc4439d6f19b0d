"""One chat, played by a visitor and whoever of the team has it, while everything around it fails."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from support_chat.desk.replay.recording import Line, RecordedChat
from support_chat.live.client import ClientError
from tests.chaos.notebook import Notebook
from tests.chaos.team import AgentEnd, Team
from tests.chaos.visitors import VisitorEnd, patiently
from tests.chaos.watcher import Watcher

LONGEST_PAUSE = 1.2  # seconds between two lines; people take a minute
AGENT_WITHIN = 55.0  # seconds; an agent who vanished is released after 45
POSTED_WITHIN = 40.0  # seconds for one message, faults included
TRIES = 6  # of an agent's line: the chat may change hands while they type


@dataclass(frozen=True)
class Manner:
    """How people are, as shares of what they do."""

    speed: float = 20.0  # recorded seconds in one
    bursts: float = 0.35  # lines sent without waiting for the answer to the one before
    notes: float = 0.15  # lines of an agent that are preceded by a note
    visitor_ends: float = 0.3
    writes_again: float = 0.2  # chats that go on after their end
    lines: int = 12  # of a chat, at most


@dataclass
class Scene:
    chat: RecordedChat
    visitor: VisitorEnd
    team: Team
    beside: Callable[[str], Watcher]  # the visitor's second window, by their token
    watchers: list[Watcher]
    notebook: Notebook
    manner: Manner
    chance: random.Random
    pending: list[asyncio.Task[None]] = field(default_factory=list)
    window: Watcher | None = None
    ends: int = 0  # how often the chat was closed

    async def play(self) -> None:
        """From the first word to the end of the chat."""
        lines = self.chat.lines[: self.manner.lines]
        first = lines[0].text if lines and lines[0].sender == "visitor" else None
        opened = self.visitor.start_chat(first, str(self.chat.start_id))
        if await patiently(self.notebook, "a chat could not be started", POSTED_WITHIN, opened) is None:
            return
        self.window = self.beside(str(self.visitor.client.token))
        for watcher in (*self.watchers, self.window):
            watcher.watch(self.visitor.chat)
        before = lines[0].at if lines else 0.0
        for index, line in enumerate(lines):
            if index or first is None:
                await asyncio.sleep(min(LONGEST_PAUSE, (line.at - before) / self.manner.speed))
                before = line.at
                await self._say(index, line)
        await self._finish(len(lines))

    def is_heard(self) -> bool:
        """Whether everybody knows that it is over."""
        ears = [watcher.ears.get(self.visitor.chat) for watcher in (*self.watchers, self.window) if watcher]
        ears += [agent.ears.get(self.visitor.chat) for agent in self.team.agents]
        return all(ear.has_heard_the_end(self.ends) for ear in (*ears, self.visitor.ear) if ear is not None)

    async def leave(self) -> None:
        """Nobody needs it any longer."""
        for end in (*self.watchers, *self.team.agents):
            await end.leave(self.visitor.chat)
        for end in (self.visitor, self.window):
            if end is not None:
                await end.stop()

    async def _say(self, index: int, line: Line) -> None:
        if line.sender == "agent":
            await self._team_says(index, line.text)
            return
        post = asyncio.create_task(self._visitor_says(index, line.text))
        self.pending.append(post)
        if self.chance.random() >= self.manner.bursts:
            await post

    async def _visitor_says(self, index: int, text: str) -> None:
        post = self.visitor.post(text, str(self.chat.client_id(index)))
        await patiently(self.notebook, "a visitor's message got no answer", POSTED_WITHIN, post)

    async def _team_says(self, index: int, text: str) -> None:
        for number in range(TRIES):
            agent = await self._holder()
            if agent is None:
                return
            if self.chance.random() < self.manner.notes:
                note = agent.say(self.visitor.chat, "Mind this.", self._id("note", index, number), note=True)
                await patiently(self.notebook, "a note got no answer", POSTED_WITHIN, note)
            await agent.read(self.visitor.chat)
            post = agent.say(self.visitor.chat, text, self._id(index, number))
            said = await patiently(self.notebook, "an agent's message got no answer", POSTED_WITHIN, post)
            if said is not False:  # refused: the chat changed hands while they typed
                return
            await asyncio.sleep(0.2)

    async def _holder(self) -> AgentEnd | None:
        try:
            async with asyncio.timeout(AGENT_WITHIN):
                return await self.team.holder(self.visitor.chat)
        except TimeoutError:
            self.notebook.troubles[f"nobody came to have chat {self.visitor.chat}"] += 1
            return None

    async def _finish(self, lines: int) -> None:
        await asyncio.gather(*self.pending)
        await self._end()
        if self.chance.random() < self.manner.writes_again:
            await self._visitor_says(lines, "One more thing")
            await self._end()
        self.notebook.played += 1

    async def _end(self) -> None:
        self.ends += 1
        if self.chance.random() < self.manner.visitor_ends:
            ended = self.visitor.end_chat()
            await patiently(self.notebook, "a visitor could not end the chat", POSTED_WITHIN, ended)
            return
        for _ in range(TRIES):
            agent = await self._holder()
            if agent is None:
                return
            with suppress(ClientError, TimeoutError):
                async with asyncio.timeout(POSTED_WITHIN):
                    if await agent.close(self.visitor.chat):
                        return
            await asyncio.sleep(0.2)

    def _id(self, *words: object) -> str:
        return str(self.chat.client_id("/".join(map(str, words))))

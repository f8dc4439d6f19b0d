"""One run: everybody comes, plays and watches while faults strike; then quiet, and the checks."""

import asyncio
import itertools
import random
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from support_chat.desk.replay.recording import RecordedChat
from tests.chaos.chats import chats_of
from tests.chaos.check_times import Struck
from tests.chaos.faults import KINDS, Faults
from tests.chaos.ghost import Ghost
from tests.chaos.notebook import Notebook
from tests.chaos.probe import Probe
from tests.chaos.rig import Rig
from tests.chaos.scene import Manner, Scene
from tests.chaos.stored import read_heads
from tests.chaos.team import AgentEnd, Team
from tests.chaos.visitors import VisitorEnd
from tests.chaos.watcher import Watcher
from tests.chaos.who import AGENTS, HASTY, MANAGER, token_of

BREATH = (0.5, 2.0)  # seconds between two faults, once all is well
FAULT_WITHIN = 45.0  # seconds
WELL_SOON = 6.0  # seconds after which it is noted who is still missing
LEVEL_WITHIN = 12.0  # seconds for everybody to have heard everything


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to happen. `kinds` are struck in shuffled turns; `seconds` is how long."""

    seed: int
    seconds: float
    kinds: Sequence[str] = tuple(KINDS)
    chats: Path | None = None
    visitors: int = 8  # at once
    ghost: bool = True
    commits: tuple[float, float] = (0.0, 0.0)  # share of slow ones and seconds, all the time
    well_at_last: float = 30.0  # seconds after a repair for which everybody waits for all to be well
    finishing: float = 75.0  # seconds for the chats that were begun
    manner: Manner = field(default_factory=Manner)


class Run:
    def __init__(self, plan: Plan, rig: Rig, site: str, probe_site: str, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.plan, self.rig, self.site = plan, rig, site
        self.chance = random.Random(plan.seed)
        self.notebook = Notebook()
        self.faults = Faults(rig, random.Random(f"{plan.seed}/faults"), plan.commits)
        self.struck: list[Struck] = []
        self.probe = Probe(self.notebook, self.urls, probe_site)
        self.team = Team(self.notebook)
        self.ghost: Ghost | None = None
        self._watchers: list[Watcher] = []
        self._scenes: list[Scene] = []
        self._is_over = False

    @property
    def urls(self) -> list[str]:
        """Of the servers, past the door."""
        return [f"ws://127.0.0.1:{server.port}" for server in self.rig.servers]

    async def play(self) -> None:
        """Returns when nothing is under way any more."""
        async with AsyncExitStack() as opened:
            await opened.enter_async_context(beside(self._attend()))
            await self._everybody_comes(opened)
            await opened.enter_async_context(beside(self._tidy()))
            chats = chats_of(self.plan.chats, self.plan.seed)
            numbers = itertools.count(1)
            slots = [
                asyncio.create_task(self._slot(chats, numbers, opened)) for _ in range(self.plan.visitors)
            ]
            try:
                await self._storm()
                self._is_over = True
                await asyncio.wait(slots, timeout=self.plan.finishing)
                await self.probe.rest()
                await self._level()
            finally:
                await self._end(slots)

    async def _everybody_comes(self, opened: AsyncExitStack) -> None:
        await self.probe.start()
        opened.push_async_callback(self.probe.stop)
        for door, name, strict in ((self.rig.door, "manager 1", True), (self.rig.lossy, "manager 2", False)):
            self._watchers.append(self._watch(opened, door.port, name, {"token": token_of(MANAGER)}, strict))
        if self.plan.ghost:
            self.ghost = Ghost(self.notebook, self.urls[0])
            opened.push_async_callback(self.ghost.stop)
        for name in AGENTS:
            url = f"ws://127.0.0.1:{self.rig.door.port}"
            agent = AgentEnd(self.team, name, url, hasty=name in HASTY, chance=self.chance)
            self.team.agents.append(agent)
            opened.push_async_callback(agent.stop)
        await asyncio.gather(*(agent.start() for agent in self.team.agents))
        while self.notebook.absent():
            await asyncio.sleep(0.05)
        if self.ghost is not None:
            await self.ghost.come()

    def _watch(
        self, opened: AsyncExitStack, port: int, name: str, hello: dict[str, str], strict: bool
    ) -> Watcher:
        staff = "token" in hello and "site" not in hello
        url = f"ws://127.0.0.1:{port}/ws/{'agent' if staff else 'visitor'}"
        counts = "position" if staff else "visible"
        watcher = Watcher(self.notebook, name, url, hello, counts, strict=strict)
        opened.push_async_callback(watcher.stop)
        return watcher

    async def _slot(
        self, chats: Iterator[RecordedChat], numbers: Iterator[int], opened: AsyncExitStack
    ) -> None:
        """One visitor after the other, a chat each."""
        while not self._is_over:
            number = next(numbers)
            url = f"ws://127.0.0.1:{self.rig.door.port}"
            visitor = VisitorEnd(self.notebook, f"visitor {number}", url, self.site, self.chance)
            opened.push_async_callback(visitor.stop)
            scene = Scene(
                chat=next(chats),
                visitor=visitor,
                team=self.team,
                beside=partial(self._beside, opened, number),
                watchers=self._watchers,
                notebook=self.notebook,
                manner=self.plan.manner,
                chance=self.chance,
            )
            await scene.play()
            self._scenes.append(scene)

    def _beside(self, opened: AsyncExitStack, number: int, token: str) -> Watcher:
        """The visitor's second window, through one of the doors."""
        strict = number % 2 == 0
        door = self.rig.door if strict else self.rig.lossy
        hello = {"site": self.site, "token": token}
        return self._watch(opened, door.port, f"window of visitor {number}", hello, strict)

    async def _storm(self) -> None:
        ends = time.time() + self.plan.seconds
        deck: list[str] = []
        await self.faults.slow_commits(*self.plan.commits)
        await asyncio.sleep(self.chance.uniform(2, 3))  # so that there is something to lose
        if self.ghost is not None:
            await self._strike("agent_vanishes", hides=False, work=self._vanish())
        while time.time() < ends:
            deck = deck or self.faults.chance.sample(list(self.plan.kinds), len(self.plan.kinds))
            name = deck.pop()
            kind = KINDS[name]
            await self._strike(name, hides=kind.hides, work=kind.strike(self.faults))
            await asyncio.sleep(self.faults.chance.uniform(*BREATH))

    async def _vanish(self) -> None:
        self.ghost.vanish()
        await self.rig.servers[0].end(signal.SIGKILL)
        await self.rig.servers[0].start()

    async def _strike(self, name: str, *, hides: bool, work: Awaitable[None]) -> None:
        struck = Struck(name, hides, time.time())
        self.struck.append(struck)
        async with asyncio.timeout(FAULT_WITHIN):
            await work
        struck.repaired = time.time()
        while time.time() < struck.repaired + self.plan.well_at_last:
            if self.probe.well_at > struck.repaired and not self.notebook.absent():
                struck.well = time.time()
                break
            if time.time() > struck.repaired + WELL_SOON and not struck.missing:
                struck.missing = [*self.notebook.absent(), *self.probe.missing()]
            await asyncio.sleep(0.05)
        self.tell(str(struck))

    async def _attend(self) -> None:
        """Looks twenty times a second who is there."""
        while True:
            now = time.time()
            for link in self.notebook.links:
                if not link.is_over:
                    link.look(now)
            await asyncio.sleep(0.05)

    async def _tidy(self) -> None:
        """Lets go of chats that are over, once everybody has heard that."""
        while True:
            await asyncio.sleep(1.0)
            for scene in list(self._scenes):
                if scene.is_heard():
                    self._scenes.remove(scene)
                    await scene.leave()

    async def _level(self) -> None:
        """Waits until everybody has heard as much as is stored."""
        ends = time.time() + LEVEL_WITHIN
        while time.time() < ends:
            heads = await asyncio.to_thread(read_heads, self.rig.url)
            if all(ear.position >= heads.get(ear.chat, {}).get(ear.counts, 0) for ear in self.notebook.ears):
                return
            await asyncio.sleep(0.5)

    async def _end(self, slots: list["asyncio.Task[None]"]) -> None:
        for slot in slots:
            if not slot.done():
                self.notebook.troubles["a chat came to no end"] += 1
            slot.cancel()
        for outcome in await asyncio.gather(*slots, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs it in the background while the block runs."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

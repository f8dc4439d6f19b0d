"""Clients of either release, each in a process of its own."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.promises.talking import bodies
from tests.services.process import clean_environment

PROGRAM = Path(__file__).with_name("puppet.py")
LONGEST = 4 * 1024 * 1024  # bytes of one answer
PATIENCE = 40.0  # seconds for one answer, and for what is heard while a busy machine starts a server


class Puppet:
    """One client; what it is asked it does in turn."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self._child = child
        self.home = ""  # where its code lies

    async def call(self, name: str, *args: object) -> Any:
        """A method of the client. Raises RuntimeError with its words when it fails."""
        return await self._ask({"call": name, "args": args})

    async def log(self, chat: str) -> list[dict[str, Any]]:
        """What it holds of a chat."""
        return list(await self._ask({"log": chat}))

    async def hears(self, chat: str, words: list[str]) -> None:
        """Waits until these are the messages that it holds, each once and in this order."""

        async with asyncio.timeout(PATIENCE):
            while bodies(await self.log(chat)) != words:
                await asyncio.sleep(0.02)

    async def answer(self) -> Any:
        if self._child.stdout is None:
            raise RuntimeError("no pipe")
        async with asyncio.timeout(PATIENCE):
            line = await self._child.stdout.readline()
        if not line:
            raise RuntimeError("the client has died")
        answered = json.loads(line)
        if "error" in answered:
            raise RuntimeError(answered["error"])
        return answered["ok"]

    async def _ask(self, asked: dict[str, object]) -> Any:
        if self._child.stdin is None:
            raise RuntimeError("no pipe")
        self._child.stdin.write(json.dumps(asked).encode() + b"\n")
        await self._child.stdin.drain()
        return await self.answer()


@asynccontextmanager
async def puppet(release: Path, face: str, url: str, who: str) -> AsyncIterator[Puppet]:
    """A client of the code in `release`: a "visitor" of the site `who`, or an "agent" by the token `who`."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, str(PROGRAM), face, url, who),
        env=clean_environment(PYTHONPATH=str(release)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST,
    )
    one = Puppet(child)
    try:
        one.home = await one.answer()
        yield one
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()

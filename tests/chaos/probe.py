"""Whether all is well: a visitor with a socket at every server posts at each, and hears it at all."""

import asyncio
import time
import uuid
from collections.abc import Sequence

from tests.chaos.notebook import Notebook, Said, answer
from tests.chaos.watcher import Watcher

EVERY = 0.3  # seconds between rounds
LEFT_BEHIND = 1.0  # seconds for posts that nobody waits for any more to be stored
AT_ONCE = 3  # posts sent without waiting for each other's answers …
APART = 0.1  # … in seconds: they do not all come into one transaction
ROUND_WITHIN = 6.0  # seconds; who hears nothing for so long is not helped by a next post before that


class Probe:
    """On a site without agents, so that nobody is taken up. `well_at`: when the last whole round began."""

    def __init__(self, notebook: Notebook, urls: Sequence[str], site: str) -> None:
        self.well_at = 0.0
        self._notebook, self._urls, self._site = notebook, urls, site
        self._watchers: list[Watcher] = []
        self._chat = ""
        self._rests = False
        self._unanswered: dict[Watcher, list[Said]] = {}
        self._life: asyncio.Task[None] | None = None

    async def start(self) -> None:
        first = self._watch(0, {"site": self._site})
        while not first.link.is_online():
            await asyncio.sleep(0.05)
        began = await first.ask("start_conversation", client_id=str(uuid.uuid4()))
        self._chat, token = began["conversation"], first.hello["token"]
        self._notebook.tokens[self._chat], self._notebook.sites[self._chat] = token, self._site
        for index in range(1, len(self._urls)):
            self._watch(index, {"site": self._site, "token": token})
        for watcher in self._watchers:
            watcher.watch(self._chat)
        self._life = asyncio.create_task(self._live())

    async def rest(self) -> None:
        """Posts no more, and hears on; returns when nothing of its own is under way."""
        self._rests = True
        if self._life is not None:
            await asyncio.wait({self._life}, timeout=ROUND_WITHIN + EVERY)
        await asyncio.sleep(LEFT_BEHIND)

    async def stop(self) -> None:
        if self._life is not None:
            self._life.cancel()
        await asyncio.gather(*(watcher.stop() for watcher in self._watchers))

    def missing(self) -> list[str]:
        """Who of the probe has not heard what the others have."""
        heard = {each.name: each.ears[self._chat].position for each in self._watchers}
        return [f"{name}, at {at} of {max(heard.values())}" for name, at in heard.items()]

    def _watch(self, index: int, hello: dict[str, str]) -> Watcher:
        url = f"{self._urls[index]}/ws/visitor"
        watcher = Watcher(self._notebook, f"probe {index + 1}", url, hello, "visible")
        self._watchers.append(watcher)
        return watcher

    async def _live(self) -> None:
        while not self._rests:
            began = time.time()
            try:
                async with asyncio.timeout(ROUND_WITHIN):
                    if await self._round():
                        self.well_at = began
            except TimeoutError:
                pass  # not well
            await asyncio.sleep(EVERY)

    async def _round(self) -> bool:
        for watcher in self._watchers:
            position = await self._post(watcher)
            if position is None:
                return False
            while min(each.ears[self._chat].position for each in self._watchers) < position:
                await asyncio.sleep(0.01)
        return True

    async def _post(self, watcher: Watcher) -> int | None:
        """Some, one soon after the other; the last one's position, or None where one got no yes.

        It comes again next time, first, as its turn is kept for it.
        """
        if not watcher.link.is_online():
            return None
        socket = watcher.sockets
        waiting = self._unanswered.setdefault(watcher, [])
        waiting += [self._write(watcher) for _ in range(AT_ONCE - len(waiting))]
        positions = await asyncio.gather(
            *(self._try(watcher, socket, said, index * APART) for index, said in enumerate(waiting))
        )
        self._unanswered[watcher] = [said for said in waiting if said.position is None]
        return None if None in positions else positions[-1]

    async def _try(self, watcher: Watcher, socket: int, said: Said, after: float) -> int | None:
        await asyncio.sleep(after)
        if watcher.sockets != socket:
            return None  # what was sent before it may not have arrived: it goes first
        fields = {"conversation": said.chat, "client_id": said.client_id, "body": said.text}
        reply = await watcher.try_asking("post_message", **fields)
        if reply is not None:
            answer(said, reply)
        return said.position

    def _write(self, watcher: Watcher) -> Said:
        return self._notebook.say(
            who=watcher.name,
            role="visitor",
            chat=self._chat,
            text=f"{time.time()}",
            client_id=str(uuid.uuid4()),
            counts="visible",
            tries_again=False,
        )

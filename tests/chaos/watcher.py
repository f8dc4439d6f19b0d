"""The checker's own client: it shares no code with the product, believes nothing, and posts only to probe.

It holds a socket, comes back after every loss, resumes by position and mark, beats every second and
compares heads. What a live socket tells it must be the next position, every time.
"""

import asyncio
import itertools
import json
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from tests.chaos.notebook import Counts, Ear, Notebook

PROTOCOL = Subprotocol("support-chat.v1")
BEAT_EVERY = 1.0  # seconds
PATIENCE = 8.0  # seconds for one answer; then the socket is given up
COMES_BACK = 0.25  # seconds after a loss

Fields = dict[str, Any]
WIRE: Fields = {"subprotocols": [PROTOCOL], "compression": None, "proxy": None, "open_timeout": 5}


class RefusalError(Exception):
    """The server said no; its words."""


class Watcher:
    """One person's socket at `url`, who says `hello`. `strict`: no frame is lost on its link."""

    def __init__(
        self, notebook: Notebook, name: str, url: str, hello: Fields, counts: Counts, *, strict: bool = True
    ) -> None:
        self.name, self.hello, self.welcome = name, hello, {}
        self.ears: dict[str, Ear] = {}
        self.sockets = 0  # so far, the present one included
        self._notebook, self._url, self._counts, self._strict = notebook, url, counts, strict
        self._socket: ClientConnection | None = None
        self._is_whole, self._comes_back = False, True
        self._numbers = itertools.count(1)
        self._asked: dict[int, tuple[asyncio.Future[Fields], Callable[[Fields], None]]] = {}
        self._entering: set[str] = set()
        self._side: set[asyncio.Task[None]] = set()
        self.link = notebook.attend(name, lambda: self._is_whole)
        self._life = asyncio.create_task(self._live())

    def watch(self, chat: str) -> Ear:
        """Hears this chat from its first entry on."""
        self.ears[chat] = self._notebook.ear(self.name, chat, self._counts, self.link)
        if self._socket is not None and self.welcome:
            self._enter_soon(chat)
        return self.ears[chat]

    async def leave(self, chat: str) -> None:
        self.ears.pop(chat, None)
        if self._counts == "position":
            await self.try_asking("leave_conversation", conversation=chat)

    async def stop(self) -> None:
        self.link.end()
        for task in (self._life, *self._side):
            task.cancel()
        await asyncio.gather(self._life, *self._side, return_exceptions=True)

    def go_silent(self) -> None:
        """Holds the socket that it has, says nothing more, and does not come back."""
        self._comes_back = False

    async def ask(self, do: str, then: Callable[[Fields], None] = lambda ok: None, **fields: Any) -> Fields:
        """One attempt. Raises RefusalError, OSError, TimeoutError or WebSocketException."""
        if self._socket is None:
            raise OSError("offline")
        number = next(self._numbers)
        answer: asyncio.Future[Fields] = asyncio.get_running_loop().create_future()
        self._asked[number] = (answer, then)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._socket.send(json.dumps({"id": number, "do": do, "with": fields}))
                return await answer
        finally:
            self._asked.pop(number, None)

    async def try_asking(self, do: str, **fields: Any) -> Fields | None:
        """The same; None when no yes came of it."""
        try:
            return await self.ask(do, **fields)
        except (RefusalError, OSError, TimeoutError, WebSocketException):
            return None

    async def _live(self) -> None:
        while self._comes_back:
            try:
                async with connect(self._url, **WIRE) as socket:
                    await self._converse(socket)
            except (RefusalError, OSError, TimeoutError, WebSocketException):
                pass  # the socket is lost: come back
            finally:
                self._lose()
            await asyncio.sleep(COMES_BACK)

    async def _converse(self, socket: ClientConnection) -> None:
        self._socket, self.welcome = socket, {}
        self.sockets += 1
        reading = asyncio.create_task(self._read(socket))
        beating = asyncio.create_task(self._greet_and_beat())
        try:
            done, _ = await asyncio.wait({reading, beating}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (reading, beating):
                task.cancel()
            await asyncio.gather(reading, beating, return_exceptions=True)

    def _lose(self) -> None:
        self._socket, self._is_whole = None, False
        self._entering.clear()
        for future, _ in self._asked.values():
            if not future.done():
                future.set_exception(OSError("the socket was lost"))

    async def _greet_and_beat(self) -> None:
        await self.ask("hello", then=self._take_welcome, **self.hello)
        for chat in list(self.ears):
            await self._enter(chat)
        self._is_whole = True
        while True:
            await asyncio.sleep(BEAT_EVERY if self._comes_back else 3600)
            self._compare((await self.ask("beat")).get("heads", {}))

    def _take_welcome(self, welcome: Fields) -> None:
        self.welcome = welcome
        self._entering.update(self.ears)  # what is told from here on comes again with the answer to entering
        if "token" in welcome:
            self.hello["token"] = welcome["token"]

    def _compare(self, heads: dict[str, int]) -> None:
        for topic, version in heads.items():
            kind, _, chat = topic.partition(":")
            if kind == "conversation" and chat in self.ears and version > self.ears[chat].position:
                self._enter_soon(chat)

    def _enter_soon(self, chat: str) -> None:
        if chat in self._entering:
            return
        self._entering.add(chat)
        task = asyncio.create_task(self._try_entering(chat))
        self._side.add(task)
        task.add_done_callback(self._side.discard)

    async def _try_entering(self, chat: str) -> None:
        try:
            await self._enter(chat)
        except (RefusalError, OSError, TimeoutError, WebSocketException):
            if self._socket is not None:
                self._socket.transport.abort()  # it comes back and enters everything anew

    async def _enter(self, chat: str) -> None:
        """Fetches what is missing, and hears from then on."""
        self._entering.add(chat)
        more = True
        while more and chat in self.ears:
            ear = self.ears[chat]
            where = {"after": ear.position} | ({"mark": ear.mark} if ear.mark else {})
            command = "resume" if self._counts == "visible" else "open_conversation"
            answer = await self.ask(command, then=lambda ok: self._take(chat, ok), conversation=chat, **where)
            more = answer.get("more", False)

    def _take(self, chat: str, answer: Fields) -> None:
        ear = self.ears.get(chat)
        if ear is None:
            return
        if not answer["recovered"]:
            self._notebook.troubles[f"{self.name} was told to begin anew"] += 1
        entries = answer["entries"] if answer["recovered"] else answer["snapshot"]["entries"]
        for entry in entries:
            ear.hear(entry)
        if not answer.get("more"):
            self._entering.discard(chat)

    async def _read(self, socket: ClientConnection) -> None:
        async for text in socket:
            frame = json.loads(text)
            if "event" in frame:
                self._hear(frame)
            elif frame["re"] in self._asked:
                self._answered(*self._asked[frame["re"]], frame)

    def _answered(
        self, future: "asyncio.Future[Fields]", then: Callable[[Fields], None], frame: Fields
    ) -> None:
        if future.done():
            return
        if "error" in frame:
            future.set_exception(RefusalError(frame["error"]["code"]))
        else:
            then(frame["ok"])
            future.set_result(frame["ok"])

    def _hear(self, event: Fields) -> None:
        ear = self.ears.get(event.get("conversation", ""))
        if event["event"] != "entry_added" or ear is None or ear.chat in self._entering:
            return
        position = event["entry"]["position"]
        where = f"{self.name}, chat {ear.chat}: {position} after {ear.position}"
        if position == ear.position + 1:
            ear.hear(event["entry"])
        elif position <= ear.position:
            self._notebook.doubled.append(where)
        else:
            if self._strict:
                self._notebook.jumped.append(where)
            self._enter_soon(ear.chat)

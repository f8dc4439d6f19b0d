"""Visitors and colleagues without a browser: for stories in which only one console's screen matters."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, Self
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.services.house import token_of
from tests.services.served import ServedProcess

ANSWERS = 10  # seconds


class Caller:
    """Asks over one socket, and hears."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._answers: dict[int, dict[str, Any]] = {}
        self._answered = threading.Condition()
        self._count = 0
        self.heard: list[str] = []  # what agents wrote
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, command: str, **fields: Any) -> dict[str, Any]:
        """What a command is answered."""
        self._count += 1
        asked = self._count
        self._socket.send(json.dumps({"id": asked, "do": command, "with": fields}))
        with self._answered:
            assert self._answered.wait_for(lambda: asked in self._answers, timeout=ANSWERS), command
        answer = self._answers.pop(asked)
        assert "ok" in answer, answer
        ok: dict[str, Any] = answer["ok"]
        return ok

    def has_heard(self, words: list[str]) -> bool:
        """Whether agents wrote exactly this, by now or soon."""
        with self._answered:
            return self._answered.wait_for(lambda: self.heard == words, timeout=ANSWERS)

    def _listen(self) -> None:
        try:
            for text in self._socket:
                self._take(json.loads(text))
        except ConnectionClosed:
            return

    def _take(self, frame: dict[str, Any]) -> None:
        with self._answered:
            self._hear(frame)
            self._answers |= {frame["re"]: frame} if "re" in frame else {}
            self._answered.notify_all()

    def _hear(self, frame: dict[str, Any]) -> None:
        if frame.get("event") == "entry_added" and frame["entry"]["author"]["role"] == "agent":
            self.heard += [frame["entry"]["body"]["text"]] if frame["entry"]["kind"] == "message" else []


class Guest(Caller):
    """Says hello at once; `say` starts the chat, or goes on with it."""

    def __init__(self, socket: ClientConnection, key: str, **about: Any) -> None:
        super().__init__(socket)
        asked = {"site": key, "page": "https://shop.example/tea", **about}
        self.name: str = self.ask("hello", **asked)["visitor"]["name"]
        self.chat: str | None = None

    def say(self, words: str) -> Self:
        """One message; returns the guest."""
        if self.chat is None:
            self.chat = self.ask("start_conversation", client_id=str(uuid4()), body=words)["conversation"]
        else:
            self.ask("post_message", conversation=self.chat, client_id=str(uuid4()), body=words)
        return self

    def end(self) -> None:
        """Ends the chat from the visitor's side."""
        self.ask("end_conversation", conversation=self.chat, client_id=str(uuid4()))


class Colleague(Caller):
    """Somebody of the team whose screen does not matter."""

    def __init__(self, socket: ClientConnection, person: str) -> None:
        super().__init__(socket)
        self.id: str = self.ask("hello", token=token_of(person))["agent"]["id"]

    def lets_in(self, other: "Colleague", chat: str | None) -> None:
        """The other writes beside them, in a chat of theirs."""
        for who, command, more in (
            (self, "invite_agent", {"agent": other.id}),
            (other, "join_conversation", {}),
        ):
            who.ask(command, conversation=chat, client_id=str(uuid4()), **more)

    def write(self, chat: str | None, words: str) -> None:
        """One answer, as a guest."""
        self.ask("post_message", conversation=chat, client_id=str(uuid4()), body=words)

    def serve(self, chat: str | None, words: str) -> None:
        """Accepts a chat, answers once and closes it."""
        for command, more in (("accept", {}), ("post", {"body": words}), ("close", {})):
            name = "post_message" if command == "post" else f"{command}_conversation"
            self.ask(name, conversation=chat, client_id=str(uuid4()), **more)


@contextmanager
def guests(served: ServedProcess, key: str, count: int, **about: Any) -> Iterator[list[Guest]]:
    """So many guests, gone afterwards. `about` is what else their hello says."""
    dial = partial(
        connect, f"{served.ws_url}/ws/visitor", subprotocols=["support-chat.v1"], origin=served.url
    )
    with ExitStack() as calls:
        yield [Guest(calls.enter_context(dial()), key, **about) for _ in range(count)]


@contextmanager
def colleague(served: ServedProcess, person: str) -> Iterator[Colleague]:
    """`ben` or another, gone afterwards."""
    with connect(f"{served.ws_url}/ws/agent", subprotocols=["support-chat.v1"]) as socket:
        yield Colleague(socket, person)

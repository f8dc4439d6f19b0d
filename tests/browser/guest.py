"""A visitor without a browser: for stories in which only the console's screen matters."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, Self
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.services.served import ServedProcess

ANSWERS = 10  # seconds


class Guest:
    """Says hello at once; `say` starts the chat, or goes on with it."""

    def __init__(self, socket: ClientConnection, key: str) -> None:
        self._socket = socket
        self._answers: dict[int, dict[str, Any]] = {}
        self._answered = threading.Condition()
        self._count = 0
        self.heard: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.name: str = self._ask("hello", site=key, page="https://shop.example/tea")["visitor"]["name"]
        self.chat: str | None = None

    def say(self, words: str) -> Self:
        """One message; returns the guest."""
        if self.chat is None:
            self.chat = self._ask("start_conversation", client_id=str(uuid4()), body=words)["conversation"]
        else:
            self._ask("post_message", conversation=self.chat, client_id=str(uuid4()), body=words)
        return self

    def end(self) -> None:
        """Ends the chat from the visitor's side."""
        self._ask("end_conversation", conversation=self.chat, client_id=str(uuid4()))

    def _ask(self, command: str, **fields: Any) -> dict[str, Any]:
        self._count += 1
        asked = self._count
        self._socket.send(json.dumps({"id": asked, "do": command, "with": fields}))
        with self._answered:
            assert self._answered.wait_for(lambda: asked in self._answers, timeout=ANSWERS), command
        answer = self._answers.pop(asked)
        assert "ok" in answer, answer
        ok: dict[str, Any] = answer["ok"]
        return ok

    def _listen(self) -> None:
        try:
            for text in self._socket:
                self._take(json.loads(text))
        except ConnectionClosed:
            return

    def _take(self, frame: dict[str, Any]) -> None:
        if frame.get("event") == "entry_added" and frame["entry"]["author"]["role"] == "agent":
            self.heard += [frame["entry"]["body"]["text"]] if frame["entry"]["kind"] == "message" else []
        with self._answered:
            self._answers |= {frame["re"]: frame} if "re" in frame else {}
            self._answered.notify_all()


@contextmanager
def guests(served: ServedProcess, key: str, count: int) -> Iterator[list[Guest]]:
    """So many guests, gone afterwards."""
    dial = partial(
        connect, f"{served.ws_url}/ws/visitor", subprotocols=["support-chat.v1"], origin=served.url
    )
    with ExitStack() as calls:
        yield [Guest(calls.enter_context(dial()), key) for _ in range(count)]

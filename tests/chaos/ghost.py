"""An agent who takes chats at the first server, and is never heard of again once that is killed."""

import time

from tests.chaos.notebook import Notebook
from tests.chaos.watcher import Watcher
from tests.chaos.who import GHOST, token_of


class Ghost:
    def __init__(self, notebook: Notebook, url: str) -> None:
        self.left_at: float | None = None  # Unix time
        hello = {"token": token_of(GHOST)}
        self._socket = Watcher(notebook, GHOST, f"{url}/ws/agent", hello, "position")

    async def come(self) -> None:
        await self._socket.try_asking("set_status", status="online")

    def vanish(self) -> None:
        """Right before its server is killed: it says nothing, and does not come back."""
        if self.left_at is None:
            self.left_at = time.time()
            self._socket.go_silent()
            self._socket.link.end()

    async def stop(self) -> None:
        await self._socket.stop()

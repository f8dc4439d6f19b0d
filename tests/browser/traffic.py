"""What a page opens towards the server."""

import time

from playwright.sync_api import Page, WebSocket


class Traffic:
    """Counts of one page: WebSockets that brought anything, and streams of the fallback."""

    def __init__(self, page: Page) -> None:
        self.streams = 0
        self._page = page
        self._working: set[WebSocket] = set()
        page.on("websocket", lambda socket: socket.on("framereceived", lambda _: self._working.add(socket)))
        page.on("request", lambda request: self._count(request.url))

    @property
    def sockets(self) -> int:
        """WebSockets over which something came."""
        return len(self._working)

    def comes_to(self, sockets: int, within: float) -> None:
        """Waits so many seconds for so many sockets, with the page going on."""
        latest = time.monotonic() + within
        while self.sockets < sockets and time.monotonic() < latest:
            self._page.wait_for_timeout(50)
        assert self.sockets == sockets

    def _count(self, url: str) -> None:
        self.streams += "/live/events" in url

"""A socket with a hand on it: what the server says can be changed, and more can be said."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, WebSocketRoute

Frame = dict[str, Any]
Change = Callable[[Frame], Frame]


def _same(frame: Frame) -> Frame:
    return frame


class Wire:
    """Between the pages of one browser and the real server. `asked` keeps every command that was sent.

    `to_page` changes what the server says, `to_server` what the panel asks. Whatever is in `refuse`, by
    command, is answered with that error, and the server never hears of it. `chat` is the one that was begun.
    """

    def __init__(self, context: BrowserContext, address: str = "**/ws/visitor") -> None:
        self.asked: list[Frame] = []
        self.chat = ""
        self.to_page: Change = _same
        self.to_server: Change = _same
        self.refuse: dict[str, Frame] = {}
        self._link: WebSocketRoute | None = None
        context.route_web_socket(address, self._open)

    def tell(self, event: str, **fields: Any) -> None:
        """One more event, as if the server had said it."""
        assert self._link is not None, "the panel is not connected"
        self._link.send(json.dumps({"event": event, **fields}))

    def commands(self, name: str) -> list[Frame]:
        """The fields of each command of this name."""
        return [each["with"] for each in self.asked if each["do"] == name]

    def _open(self, link: WebSocketRoute) -> None:
        self._link = link
        server = link.connect_to_server()
        server.on_message(lambda text: link.send(json.dumps(self._say(json.loads(text)))))
        link.on_message(lambda text: self._ask(json.loads(text), server))

    def _say(self, frame: Frame) -> Frame:
        if "snapshot" in frame.get("ok", {}):
            self.chat = frame["ok"]["snapshot"]["id"]
        return self.to_page(frame)

    def _ask(self, frame: Frame, server: WebSocketRoute) -> None:
        self.asked.append(frame)
        if frame["do"] in self.refuse and self._link is not None:
            self._link.send(json.dumps({"re": frame["id"], "error": self.refuse[frame["do"]]}))
        else:
            server.send(json.dumps(self.to_server(frame)))


def availability(frame: Frame, **fields: Any) -> Frame:
    """The frame, with another availability in it where it tells one."""
    if "site" in frame.get("ok", {}):
        frame["ok"]["site"] |= fields
    return frame | fields if frame.get("event") == "availability_changed" else frame

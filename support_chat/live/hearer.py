"""Whose socket this is, and what it hears: limits and closings count by the one, topics make the other."""

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from support_chat.live.decoder import encode
from support_chat.live.hub import Hub, Subscription
from support_chat.live.live_socket import LiveSocket
from support_chat.live.outgoing import Send
from support_chat.live.publish import Publisher
from support_chat.live.throttle import Sender
from support_chat.live.topics import Topics


class Hearer(LiveSocket):
    """`stays` is False for the consumer of one HTTP command, which is nobody's presence and is told
    nothing: it listens to a hub of its own, in which nothing happens, and so learns only from where."""

    sockets_a_principal: ClassVar[int] = 8  # open at once; the next closes the oldest with 4409
    hub: ClassVar[Hub]
    publisher: ClassVar[Publisher]
    bearer: str | None = None  # what an HTTP request brought for a key
    lingered: float = 0.0  # seconds from its end to being let go

    def __init__(self, scope: Mapping[str, Any], send: Send, *, stays: bool = True) -> None:
        super().__init__(scope, send)
        self.stays: Final = stays
        self._topics: Final = Topics(self.hub if stays else Hub(self.hub.source))
        self._sender: Sender | None = Sender() if self.throttle.enabled else None
        self._now: Final = asyncio.get_running_loop().time

    # For a face

    async def recognise(self) -> None:
        """Without a hello: find out who this is, by `bearer` or by what else came, and `identify`."""
        raise NotImplementedError

    async def go_on(self, heads: Mapping[str, int]) -> None:
        """Listen to those of these topics that they may hear, and `release` each where it had come to."""
        raise NotImplementedError

    async def arrive(self) -> None:
        """They are told things from now on, and so are here. Nothing is told before the caller goes on."""

    @property
    def subscriptions(self) -> Mapping[str, Subscription]:
        return self._topics.open

    def listen(self, topic: str, ears: tuple[str, ...]) -> Subscription:
        """Hear this topic, held back until `release`. Listening again starts anew without losing any."""
        return self._topics.listen(topic, self, ears)

    def release(self, topic: str, version: int, visible: int | None = None) -> None:
        """As soon as the present command is replied to, hear what came after `version`."""
        self._topics.release(topic, version, visible)

    def unlisten(self, topic: str) -> None:
        self._topics.unlisten(topic)

    def send_event(self, event: Mapping[str, object]) -> None:
        """Tell this socket alone."""
        self._outgoing.put(encode(event))

    def identify(self, principal: str) -> None:
        """Whose socket this is, such as "visitor:<id>": limits and closings count by it."""
        self._sender = self.throttle.sender(principal, self._now())
        if self.stays:
            self.registry.join(principal, self, self.sockets_a_principal)
        elif (code := self.registry.suspension(principal)) is not None:
            self.close_with(code)

    # For what carries it

    @property
    def source(self) -> str:
        """The network address that it comes from, as limits count it."""
        return self._source

    def must_wait(self) -> float:
        """Ask for something that counts as a command: the seconds until it may be, 0.0 when it may."""
        return self._sender.commands.take(self._now()) if self._sender is not None else 0.0

    @property
    def heads(self) -> Mapping[str, int]:
        """How far this socket was told, of everything that it hears."""
        return self._topics.heads()

    def begin(self) -> None:
        """Say from where it goes on, then let be heard what was released."""
        self.send_event({"event": "heads", "heads": self._topics.beginnings()})
        self._topics.settle(done=True)

    def tell_heads(self) -> None:
        self.send_event({"event": "heads", "heads": self.heads})

    def hear_no_more(self) -> None:
        self._topics.close()

    def _end(self) -> None:
        self.hear_no_more()

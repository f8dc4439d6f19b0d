"""Delivery inside one process: every listener hears every version of its topics once and in order.

News may reach the hub in any order, twice, late or never: from this process after a commit, from others
as hints, from the letterbox as a bare version. What comes next is delivered at once; what comes early
waits a moment for its predecessor and is then read from the source.

Everything here runs on the event loop's thread, and nothing here waits.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from support_chat.live.channel import Channel
from support_chat.live.news import News
from support_chat.live.subscription import Listener, Subscription

__all__ = ["Hub", "Listener", "Source", "Subscription"]


class Source(Protocol):
    """Where news can always be read again."""

    async def news_after(self, topic: str, version: int) -> Sequence[News]:
        """What came after `version`, oldest first.

        Of a conversation, one News for every position, at most 500 at a time. Of any other topic, one
        News at its present version whose frames carry the whole present state. Nothing when there is
        nothing newer or the topic is gone.
        """
        ...


class Hub:
    """The listeners of this process, by topic."""

    def __init__(self, source: Source) -> None:
        self.source: Final = source
        self._channels: dict[str, Channel] = {}

    def listen(self, topic: str, listener: Listener, ears: tuple[str, ...]) -> Subscription:
        """Listen from now on, but hold everything back until `release` says what is known already.

        `ears` are tried in order; the first that a piece of news has frames for is what is heard.
        """
        channel = self._channels.get(topic)
        if channel is None:
            channel = self._channels[topic] = Channel(topic, self.source.news_after, self._forget)
        return channel.join(listener, ears)

    def publish(self, news: Iterable[News]) -> None:
        """Tell this process's listeners. Costs nothing where nobody listens."""
        channels = self._channels
        for one in news:
            channel = channels.get(one.topic)
            if channel is not None:
                channel.take(one)

    def found(self, news: News) -> None:
        """The same of what another process told, and no hint brought."""
        self.publish((news,))

    def heard(self, topic: str, version: int) -> None:
        """Somebody says that `topic` has reached `version`: read what we lack, if anybody listens."""
        channel = self._channels.get(topic)
        if channel is not None:
            channel.seek(version)

    def listens_to(self, topic: str) -> bool:
        return topic in self._channels

    def lacks(self, topic: str, version: int) -> bool:
        """Whether somebody listens to `topic` and has not been told of this version."""
        channel = self._channels.get(topic)
        return channel is not None and (channel.head or 0) < version

    @property
    def listeners(self) -> int:
        """How many listen, counted once for each topic that they listen to."""
        return sum(map(len, self._channels.values()))

    @property
    def topics(self) -> Sequence[str]:
        """What somebody in this process listens to."""
        return tuple(self._channels)

    def _forget(self, channel: Channel) -> None:
        if self._channels.get(channel.topic) is channel:
            del self._channels[channel.topic]

"""One listener of one topic, and how far it has been told."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from support_chat.live.news import Fleeting, News

if TYPE_CHECKING:
    from support_chat.live.channel import Channel


class Listener(Protocol):
    def hear(self, frames: Sequence[str]) -> None:
        """Take these frames, in order. Never blocks, never raises. `Fleeting` ones may be dropped."""
        ...


class Subscription:
    """Starts held: nothing is heard until `release`. Made by `Hub.listen`."""

    __slots__ = (
        *("_channel", "_counts_visible", "_listener"),
        *("at", "ears", "live", "released", "topic", "visible"),
    )

    def __init__(self, channel: "Channel", listener: Listener, ears: tuple[str, ...]) -> None:
        self.topic = channel.topic
        self.ears = ears
        self.at = 0
        self.visible: int | None = None
        self.released = False
        self.live = False
        self._listener = listener
        self._channel = channel
        self._counts_visible = any(ear.partition(":")[0] == "visitor" for ear in ears)

    def release(self, version: int, visible: int | None = None) -> None:
        """The listener knows everything up to `version` (of it, a visitor sees `visible`): tell it what
        came after, then everything at once as it comes. A version behind what was told is ignored."""
        if visible is not None and (version >= self.at or self.visible is None):
            self.visible = visible
        self.at = max(self.at, version)
        if not self.released:
            self.released = True
            self._channel.admit(self)

    def close(self) -> None:
        """Hear nothing any more. Closing twice is nothing."""
        self._channel.leave(self)

    @property
    def head(self) -> int:
        """How far this listener was told: in a visitor's count if these are a visitor's ears."""
        return self.counted(self.at, self.visible)

    def counted(self, version: int, visible: int | None) -> int:
        """A version, of which a visitor sees `visible`, as this listener counts."""
        return visible if self._counts_visible and visible is not None else version

    def tell(self, news: News) -> None:
        """For the channel: hear this, if it is newer than what is known."""
        if news.version <= self.at:
            return
        self.at = news.version
        if news.visible is not None:
            self.visible = news.visible
        frames = self._frames(news)
        if frames:
            self._listener.hear(frames)

    def whisper(self, news: News) -> None:
        """For the channel: hear this, which may get lost and counts as nothing."""
        frames = self._frames(news)
        if frames:
            self._listener.hear(Fleeting(frames))

    def _frames(self, news: News) -> tuple[str, ...]:
        told = news.frames
        for ear in self.ears:
            if ear in told:
                return told[ear]
        return ()

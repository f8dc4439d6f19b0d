"""What one socket listens to, and the moment from which it hears it: after the reply that says so."""

from collections.abc import Mapping, Sequence

from support_chat.live.hub import Hub, Listener, Subscription


class Topics:
    """The subscriptions of one socket. What a command begins to listen to stays held until `settle`."""

    def __init__(self, hub: Hub) -> None:
        self.open: dict[str, Subscription] = {}
        self._hub = hub
        self._replaced: dict[Subscription, Subscription | None] = {}  # begun by the present command
        self._releases: list[tuple[Subscription, int, int | None]] = []

    def listen(self, topic: str, listener: Listener, ears: tuple[str, ...]) -> Subscription:
        """Listen, held. Listening again holds what was heard already, to be released anew."""
        old = self.open.get(topic)
        new = self._hub.listen(topic, listener, ears)
        self.open[topic] = new
        self._replaced[new] = old
        if old is not None:
            old.close()
        return new

    def unlisten(self, topic: str) -> None:
        subscription = self.open.pop(topic, None)
        if subscription is not None:
            subscription.close()

    def release(self, topic: str, version: int, visible: int | None) -> None:
        """Once the present command is replied to: go on from `version`."""
        self._releases.append((self.open[topic], version, visible))

    def settle(self, *, done: bool) -> None:
        """The present command is replied to: it was done, or refused and then began nothing."""
        if done:
            for subscription, version, visible in self._releases:
                subscription.release(version, visible)
        else:
            self._take_back()
        self._releases.clear()
        self._replaced.clear()

    def close(self) -> None:
        for subscription in self.open.values():
            subscription.close()
        self.open.clear()

    def heads(self) -> Mapping[str, int]:
        """How far this socket was told, of everything that it hears."""
        return {topic: one.head for topic, one in self.open.items() if one.released}

    def beginnings(self) -> Mapping[str, int]:
        """From where those are heard that the present command releases."""
        return {one.topic: one.counted(version, visible) for one, version, visible in self._releases}

    def __len__(self) -> int:
        return len(self.open)

    @property
    def is_settling(self) -> bool:
        return bool(self._replaced or self._releases)

    def _take_back(self) -> None:
        for new, old in self._replaced.items():
            if self.open.get(new.topic) is not new:
                continue
            if old is not None and old.released:
                new.release(old.at, old.visible)
            else:
                self.unlisten(new.topic)


def ears_of(frames: Mapping[str, Sequence[str]], ears: Sequence[str]) -> Sequence[str]:
    """What these ears hear: the frames of the first that there are any for."""
    return next((frames[ear] for ear in ears if ear in frames), ())

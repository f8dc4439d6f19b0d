"""How much one sender and one source may do. Limits are a process's own: nothing is shared or stored."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

SOCKETS_A_SOURCE: Final = 300  # open at once; an office behind one address has fewer
HELLOS_A_SOURCE: Final = 50  # sockets that have not said hello
NEW_A_SECOND: Final = 30  # new sockets a second and source


class Rate(NamedTuple):
    burst: int  # at once, after a rest
    each_second: float


POSTS: Final = Rate(30, 5.0)  # nobody types faster; a queue of pending messages may
COMMANDS: Final = Rate(120, 30.0)
TYPING: Final = Rate(10, 2.0)  # what is beyond is answered and not told
FILES: Final = Rate(20, 0.2)  # uploads: two full messages at once
WRONG_KEYS: Final = Rate(30, 1.0)  # of a source, over HTTP; then its keys are not looked at
DOWNLOADS: Final = Rate(5, 0.1)  # of a visitor: a whole chat each


class TokenBucket:
    """Fills with time, is emptied by use."""

    __slots__ = ("_at", "_level", "_rate")

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._level = float(rate.burst)
        self._at = 0.0

    def take(self, now: float) -> float:
        """0.0 if there was a token at `now` (seconds on any one clock), else seconds until there is."""
        burst, each_second = self._rate
        level = min(burst, self._level + max(0.0, now - self._at) * each_second)
        self._at = now
        if level >= 1.0:
            self._level = level - 1.0
            return 0.0
        self._level = level
        return (1.0 - level) / each_second

    def is_empty(self, now: float) -> bool:
        return self._level + (now - self._at) * self._rate.each_second < 1.0

    def is_full(self, now: float) -> bool:
        return self._level + (now - self._at) * self._rate.each_second >= self._rate.burst


@dataclass(slots=True)
class Sender:
    """What one visitor or agent has used, over all their sockets of this process."""

    posts: TokenBucket = field(default_factory=lambda: TokenBucket(POSTS))
    commands: TokenBucket = field(default_factory=lambda: TokenBucket(COMMANDS))
    downloads: TokenBucket = field(default_factory=lambda: TokenBucket(DOWNLOADS))
    typing: TokenBucket = field(default_factory=lambda: TokenBucket(TYPING))
    files: TokenBucket = field(default_factory=lambda: TokenBucket(FILES))

    def is_rested(self, now: float) -> bool:
        buckets = (self.posts, self.commands, self.files, self.downloads)
        return all(bucket.is_full(now) for bucket in buckets)


@dataclass(slots=True)
class _Source:
    new: TokenBucket = field(default_factory=lambda: TokenBucket(Rate(NEW_A_SECOND, NEW_A_SECOND)))
    wrong: TokenBucket = field(default_factory=lambda: TokenBucket(WRONG_KEYS))
    sockets: int = 0
    hellos: int = 0  # of them, those that have not said hello

    def is_rested(self, now: float) -> bool:
        return self.new.is_full(now) and self.wrong.is_full(now)


class Throttle:
    """One a process. `enabled=False` lifts every limit (THROTTLE=off, for benchmarks)."""

    SWEEP_AT: Final = 1_000  # senders or sources remembered before the rested ones are forgotten

    def __init__(self, *, enabled: bool = True) -> None:
        self.enabled: Final = enabled
        self._senders: dict[str, Sender] = {}
        self._sources: dict[str, _Source] = {}
        self._sweep_senders_at = self._sweep_sources_at = self.SWEEP_AT

    def sender(self, principal: str, now: float) -> Sender | None:
        """The allowance to draw on; the same one for every socket of a principal. None: no limits."""
        if not self.enabled:
            return None
        if len(self._senders) >= self._sweep_senders_at:
            self._senders = {key: kept for key, kept in self._senders.items() if not kept.is_rested(now)}
            self._sweep_senders_at = max(self.SWEEP_AT, 2 * len(self._senders))
        return self._senders.setdefault(principal, Sender())

    def enter(self, source: str, now: float) -> bool:
        """A socket opens. False when its source has too many or is too quick; then do not call `leave`."""
        if not self.enabled:
            return True
        self._sweep_sources(now)
        used = self._sources.setdefault(source, _Source())
        if used.sockets >= SOCKETS_A_SOURCE or used.hellos >= HELLOS_A_SOURCE or used.new.take(now):
            return False
        used.sockets += 1
        used.hellos += 1
        return True

    def welcomed(self, source: str) -> None:
        """A socket that entered has said hello."""
        if self.enabled:
            self._sources[source].hellos -= 1

    def leave(self, source: str, *, welcomed: bool) -> None:
        """A socket that entered is gone."""
        if self.enabled:
            used = self._sources[source]
            used.sockets -= 1
            used.hellos -= not welcomed

    def may_try_a_key(self, source: str, now: float) -> bool:
        """False while too many keys of this source were wrong."""
        used = self._sources.get(source)
        return used is None or not used.wrong.is_empty(now)

    def tried_a_wrong_key(self, source: str, now: float) -> None:
        if self.enabled:
            self._sweep_sources(now)
            self._sources.setdefault(source, _Source()).wrong.take(now)

    def _sweep_sources(self, now: float) -> None:
        if len(self._sources) >= self._sweep_sources_at:
            self._sources = {
                key: kept for key, kept in self._sources.items() if kept.sockets or not kept.is_rested(now)
            }
            self._sweep_sources_at = max(self.SWEEP_AT, 2 * len(self._sources))


def source_of(scope: Mapping[str, Any]) -> str:
    """Where a socket comes from, as limits count it: an IPv4 address or an IPv6 /64."""
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))

"""What this process counts and times, under the names that operators read."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from support_chat.desk import db
from support_chat.desk.measures import commit, queue_time, turn
from support_chat.desk.sockets import DeskSocket
from support_chat.desk.vendor import SQLITE
from support_chat.engine import Engine
from support_chat.health import Lags
from support_chat.live.measures import Histogram, closes, delivery, hint_lag, refusals


class Measured(Collector):
    """One scrape. Made and read on the event loop's thread, whose numbers these are."""

    def __init__(self, engine: Engine, lags: Lags) -> None:
        self._engine = engine
        self._lags = lags

    def collect(self) -> Iterable[Metric]:
        yield from _times()
        yield from self._behind()
        yield from self._open()
        yield from self._counts()

    def _behind(self) -> Iterator[Metric]:
        lags, journal = self._lags, self._engine.journal
        yield gauge("journal_depth", "Messages that wait to be written.", journal.depth)
        yield gauge("letterbox_lag_seconds", "Since the last look for what hints left out.", lags.letterbox)
        yield gauge("clock_lag_seconds", "Since the last tick of this process's clock.", lags.clock)
        if lags.overdue is not None:
            yield gauge("deadline_overdue_seconds", "How late the oldest deadline is.", lags.overdue)
        if lags.database is not None:
            yield gauge("database_seconds", "Of one small query, just now.", lags.database)
        if lags.hints is not None:
            yield gauge("hints_silence_seconds", "Since the channel layer brought a hint.", lags.hints)
        waiting = GaugeMetricFamily(
            "support_chat_lane_calls", "Database calls waiting or running.", labels=["lane"]
        )
        for lane, calls in db.waiting().items():
            waiting.add_metric([lane], calls)
        yield waiting

    def _open(self) -> Iterator[Metric]:
        registry, hub = DeskSocket.registry, self._engine.hub
        sockets = GaugeMetricFamily(
            "support_chat_sockets", "Open sockets; face is unknown before hello.", labels=["face"]
        )
        for kind, number in {"visitor": 0, "agent": 0, "": 0, **registry.count_by_kind()}.items():
            sockets.add_metric([kind or "unknown"], number)
        yield sockets
        yield gauge("slow_readers", "Sockets that are read too slowly.", registry.count_slow())
        yield gauge("topics", "Topics that somebody here listens to.", len(hub.topics))
        yield gauge("listeners", "Listeners, once for each of their topics.", hub.listeners)

    def _counts(self) -> Iterator[Metric]:
        hints = self._engine.publisher.counts
        yield counter("entries", "Entries of chats committed by this process.", hints.entries)
        yield counter("hints_sent", "Hints sent to other processes.", hints.sent)
        yield counter("hints_received", "Hints received, our own included.", hints.received)
        yield counter("hints_failed", "Failed dealings with the channel layer.", hints.errors)
        yield counter("news_dropped", "News that no hint carried.", hints.dropped)
        yield by_code("refusals", "Commands refused.", refusals)
        yield by_code("closes", "Sockets closed by us.", closes)


def _times() -> Iterator[Metric]:
    yield histogram("journal_queue_seconds", "Waiting in the journal for a batch.", queue_time)
    yield histogram("journal_commit_seconds", "Of one batch of the journal.", commit)
    yield histogram("hint_lag_seconds", "From a commit elsewhere to its hint here.", hint_lag)
    yield histogram("delivery_seconds", "From a command's arrival to the last socket here.", delivery)
    if SQLITE:
        yield histogram("sqlite_turn_seconds", "That one transaction held SQLite.", turn)


def gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"support_chat_{name}", words, value)


def counter(name: str, words: str, value: int) -> Metric:
    return CounterMetricFamily(f"support_chat_{name}", words, value)


def by_code(name: str, words: str, counts: Mapping[str, int] | Mapping[int, int]) -> Metric:
    family = CounterMetricFamily(f"support_chat_{name}", words, labels=["code"])
    for code, number in counts.items():
        family.add_metric([str(code)], number)
    return family


def histogram(name: str, words: str, times: Histogram) -> Metric:
    bounds = [*map(str, times.bounds), "+Inf"]
    buckets = list(zip(bounds, accumulate(times.counts), strict=True))
    return HistogramMetricFamily(f"support_chat_{name}", words, buckets, times.total)

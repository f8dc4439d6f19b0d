"""What the wire counts and times of itself is so."""

import asyncio
from time import time
from typing import Any

import msgspec
import pytest
from channels.layers import InMemoryChannelLayer

from support_chat.live import publish
from support_chat.live.close_codes import CloseCode
from support_chat.live.hints import follow_hint, write_hint
from support_chat.live.hub import Hub
from support_chat.live.measures import closes, delivery, hint_lag, refusals
from support_chat.live.news import News
from support_chat.live.outgoing import FULL_BYTES, Outgoing
from support_chat.live.registry import Registry
from support_chat.live.traces import Trace, begin
from tests.live.fakes import LOG, STAFF, Ear, Source, entry, listening
from tests.live.test_publish import Process, running


@pytest.fixture(autouse=True)
def from_zero() -> None:
    """Every test counts from zero."""
    for times in (delivery, hint_lag):
        times.counts[:] = [0] * len(times.counts)
    refusals.clear()
    closes.clear()


def traced(position: int) -> News:
    return msgspec.structs.replace(entry(position, position, "Hello"), trace=begin())


async def test_what_is_told_is_timed_once_however_many_hear_it() -> None:
    hub = Hub(Source())
    ears = [listening(hub)[0] for _ in range(3)]
    hub.publish([traced(1), entry(2, 2, "of no command")])
    assert [ear.positions for ear in ears] == [[1, 2]] * 3
    assert sum(delivery.counts) == 1


async def test_a_trace_crosses_with_its_hint_and_never_reaches_a_listener() -> None:
    layer = InMemoryChannelLayer()
    here, there = Process("here", layer, Source()), Process("there", layer, Source())
    news = traced(1)
    async with running(here, there):
        here.publisher.publish([news])
        await there.hears([1])
    assert news.trace is not None
    assert sum(delivery.counts) == 2, "told in both processes"
    assert sum(hint_lag.counts) == 1, "heard in one"
    assert news.trace.id not in "".join([*here.ear.heard, *there.ear.heard])


@pytest.mark.parametrize(
    "trace", [None, "abc", [], ["abc"], [1, 2.0], ["abc", "2.0"], ["abc", 2.0, 3], {"abc": 2.0}]
)
def test_a_hint_with_a_trace_that_is_none_is_no_hint(trace: object) -> None:
    hub = Hub(Source())
    ear, _ = listening(hub)
    hint = write_hint("there", [entry(1, 1, "Hello")], words=True)
    hint["news"][0]["r"] = trace
    assert not follow_hint(hub, hint, process="here")
    assert ear.heard == []


def test_a_hint_of_a_release_that_measured_nothing_is_followed() -> None:
    hub = Hub(Source())
    ear, _ = listening(hub)
    hint = write_hint("there", [entry(1, 1, "Hello")], words=True)
    assert hint.keys() == {"from", "news"}
    assert hint["news"][0].keys() == {"t", "v", "f", "p"}
    assert follow_hint(hub, hint, process="here")
    assert ear.positions == [1]
    assert sum(hint_lag.counts) == 0


def test_a_clock_that_is_ahead_makes_no_hint_earlier_than_its_commit() -> None:
    hint = write_hint("there", [entry(1, 1, "Hello")], words=True, at=time() + 60)
    assert follow_hint(Hub(Source()), hint, process="here")
    assert hint_lag.counts[0] == 1


async def test_a_hub_knows_what_its_listeners_lack_and_how_many_they_are() -> None:
    hub = Hub(Source())
    listening(hub)
    hub.listen(LOG, Ear(), STAFF)
    assert hub.listeners == 2
    hub.publish([entry(1, 1, "Hello")])
    assert (hub.lacks(LOG, 1), hub.lacks(LOG, 2)) == (False, True)
    assert not hub.lacks("conversation:nobody's", 9)


async def test_an_idle_process_rings_and_hears_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "RING_EVERY", 0.05)
    process = Process("here", InMemoryChannelLayer(), Source())
    assert Process("alone", None, Source()).publisher.silence is None
    async with running(process):
        await asyncio.sleep(0.3)
        assert process.publisher.silence is not None
        assert process.publisher.silence < 0.2
        assert process.publisher.counts.sent >= 3
        assert process.publisher.counts.errors == 0


class Told:
    """A socket with so much waiting for it."""

    def __init__(self, waiting: int) -> None:
        self.outgoing = Outgoing(self.send)
        self.outgoing.put("x" * waiting)

    async def send(self, message: Any) -> None:
        raise NotImplementedError

    @property
    def is_slow(self) -> bool:
        return self.outgoing.is_full

    def close_with(self, code: CloseCode) -> None:
        self.outgoing.close(code)


async def test_open_sockets_are_counted_by_kind_and_slow_readers_apart() -> None:
    registry = Registry()
    quick, slow, new = Told(10), Told(FULL_BYTES + 1), Told(0)
    for socket in (quick, slow, new):
        registry.add(socket)
    registry.join("visitor:a", quick, 8)
    registry.join("agent:b", slow, 8)
    assert registry.count_by_kind() == {"visitor": 1, "agent": 1, "": 1}
    assert registry.count_slow() == 1
    registry.close_all(CloseCode.RESTARTING)
    registry.close_all(CloseCode.RESTARTING)
    assert closes == {4012: 3}


def test_a_trace_is_a_name_and_a_time() -> None:
    trace = begin()
    assert Trace(*list(trace)) == trace
    assert abs(trace.at - time()) < 5

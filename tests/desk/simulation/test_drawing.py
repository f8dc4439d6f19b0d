"""Chance, by rate, by formula and from files."""

import json
from pathlib import Path
from random import Random
from statistics import median, quantiles

import pytest

from support_chat.desk.simulation.drawing import (
    MEDIAN_CHAT,
    NINE_IN_TEN,
    arrival_times,
    chat_lengths,
    exponential,
    from_list,
    recorded,
)


def test_arrivals_follow_the_rate() -> None:
    times = list(arrival_times(Random(1), lambda at: 0.1 if at < 50_000 else 0.4, 0.4, 100_000))
    early = sum(at < 50_000 for at in times)
    assert times == sorted(times)
    assert early == pytest.approx(5_000, rel=0.05)
    assert len(times) - early == pytest.approx(20_000, rel=0.05)


def test_chats_of_no_file_last_as_long_as_real_ones_do() -> None:
    rng = Random(2)
    lengths = [chat_lengths(rng) for _ in range(20_000)]
    assert median(lengths) == pytest.approx(MEDIAN_CHAT, rel=0.03)
    assert quantiles(lengths, n=10)[-1] == pytest.approx(NINE_IN_TEN, rel=0.03)


def test_an_exponential_has_the_mean_it_is_given() -> None:
    rng, draw = Random(3), exponential(50)
    assert sum(draw(rng) for _ in range(20_000)) / 20_000 == pytest.approx(50, rel=0.03)


def test_the_same_seed_draws_the_same() -> None:
    draw = from_list([1.0, 2.0, 3.0])
    first, again = ([draw(rng) for _ in range(20)] for rng in (Random(4), Random(4)))
    assert first == again


def test_the_lengths_of_a_file_of_chats_are_read(tmp_path: Path) -> None:
    file = tmp_path / "chats.jsonl"
    lines = [{"at": 3, "from": "visitor", "text": "Hi"}, {"at": 63, "from": "agent", "text": "Hello"}]
    chats = [{"started": 0, "messages": lines}, {"started": 9, "messages": lines[:1]}]
    file.write_text("".join(json.dumps(chat) + "\n" for chat in [*chats, {"started": 10, "messages": []}]))
    assert recorded(file) == [60, 0]

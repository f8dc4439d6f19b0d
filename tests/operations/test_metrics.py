"""/metrics counts and times what happened, and is not for everybody."""

from collections.abc import Callable

import pytest

from support_chat.live.client import RefusedError
from support_chat.live.measures import Histogram
from support_chat.measured import histogram
from tests.operations.asking import answer_of
from tests.operations.scrape import scrape
from tests.promises.talking import bodies, eventually, take
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.redis import RedisServer
from tests.services.served import ServedProcess

OPEN = {"sockets": {"visitor": 1, "agent": 1, "unknown": 0}, "slow_readers": {"": 0}}


async def test_what_was_said_is_counted_and_timed_and_what_is_open_is_seen(
    open_house: Callable[..., OpenHouse],
) -> None:
    house = open_house()
    async with house.visitor() as vera, house.staff("ana") as ana:
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        before = scrape(house.served)
        for number in range(20):
            await vera.post_message(chat, f"{number}")
        await eventually(lambda: "19" in bodies(ana.logs[chat].entries))
        with pytest.raises(RefusedError):
            await vera.request("page", conversation="nowhere", before=1)
        after = scrape(house.served)
        for name in ("entries_total", "journal_queue_seconds_count", "delivery_seconds_count"):
            assert after[name, ""] - before[name, ""] == 20, name
        assert (
            1 <= after["journal_commit_seconds_count", ""] - before["journal_commit_seconds_count", ""] <= 20
        )
        assert after["delivery_seconds_sum", ""] / after["delivery_seconds_count", ""] < 1.0
        assert after["refusals_total", "not_found"] == 1
        assert ("hint_lag_seconds_count", "") in after
        assert after["topics", ""] > 3
        assert after["listeners", ""] > after["topics", ""]
        for name, faces in OPEN.items():
            assert {face: after[name, face] for face in faces} == faces
        assert ("sqlite_turn_seconds_count", "") in after or house.served.database_url.startswith("postgres")
    await eventually(lambda: scrape(house.served)["sockets", "visitor"] == 0)


async def test_what_we_close_is_counted_by_code(open_house: Callable[..., OpenHouse]) -> None:
    house = open_house()
    async with house.visitor() as vera:
        windows = [house.visitor(token=vera.token) for _ in range(8)]
        for window in windows:
            await window.start()
        await eventually(lambda: scrape(house.served).get(("closes_total", "4409")) == 1)
        for window in windows:
            await window.stop()


async def test_a_hint_is_timed_where_it_arrives(
    postgres_url: str, redis_server: RedisServer, serve_process: Callable[..., ServedProcess]
) -> None:
    key = build_house_in(postgres_url)
    here, there = (
        OpenHouse(key, serve_process(postgres_url, redis_server.url), serve_process) for _ in range(2)
    )
    async with here.visitor() as vera, there.staff("ana") as ana:
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        await vera.post_message(chat, "from here")
        await eventually(lambda: "from here" in bodies(ana.logs[chat].entries))
        told = scrape(there.served)
    assert told["hint_lag_seconds_count", ""] > 0
    assert told["hint_lag_seconds_sum", ""] / told["hint_lag_seconds_count", ""] < 1.0
    assert told["delivery_seconds_count", ""] >= 1, "delivery is timed where it ends"
    assert told["hints_received_total", ""] > 0
    assert scrape(here.served)["hints_sent_total", ""] > 0


def test_who_comes_through_a_proxy_or_by_a_public_name_finds_no_such_page(
    sqlite_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    page = f"{serve_process(sqlite_url, ALLOWED_HOSTS='chat.example,127.0.0.1').url}/metrics"
    assert answer_of(page)[0] == 200
    assert answer_of(page, Host="chat.example")[0] == 404
    for passed_on in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via", "X-Forwarded-Proto"):
        assert answer_of(page, **{passed_on: "127.0.0.1"})[0] == 404, passed_on


def test_behind_a_trusted_proxy_nobody_reads_it_without_a_token(
    sqlite_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    assert answer_of(f"{serve_process(sqlite_url, TRUSTED_PROXY='on').url}/metrics")[0] == 404


def test_with_a_token_set_it_is_for_whoever_has_it_and_for_nobody_else(
    sqlite_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    served = serve_process(sqlite_url, METRICS_TOKEN="a long secret", TRUSTED_PROXY="on")
    page = f"{served.url}/metrics"
    assert answer_of(page, Authorization="Bearer a long secret", X_Forwarded_For="9.9.9.9")[0] == 200
    for wrong in ("Bearer a long secre", "a long secret", "Bearer ", "Bearer ä"):
        assert answer_of(page, Authorization=wrong)[0] == 404, wrong
    assert answer_of(page)[0] == 404


def test_in_production_it_is_answered_on_this_machine_without_tls(
    sqlite_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    production = "support_chat.settings.production"
    served = serve_process(sqlite_url, DJANGO_SETTINGS_MODULE=production, ALLOWED_HOSTS="chat.example")
    for address in ("/metrics", "/health/ready", "/health/live"):
        assert answer_of(f"{served.url}{address}")[0] == 200, address


def test_a_histogram_counts_up_to_each_bound() -> None:
    times = Histogram(0.1, 1.0)
    for seconds in (0.05, 0.1, 0.5, 3.0):
        times.observe(seconds)
    samples = histogram("x", "Words.", times).samples
    assert [(sample.labels.get("le"), sample.value) for sample in samples] == [
        ("0.1", 2),
        ("1.0", 3),
        ("+Inf", 4),
        (None, 4),
        (None, 3.65),
    ]

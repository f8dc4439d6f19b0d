import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from support_chat.live.client import (
    Backoff,
    EndedError,
    LostError,
    RefusedError,
    StaffClient,
    VisitorClient,
)
from tests.live.blocking_proxy import BlockingProxy, blocking_proxy
from tests.live.fake_http import FakeHttp, fake_http
from tests.live.fake_server import CHAT, FakeServer, fake_server

# By HTTP a beat is no request: the stream says by itself how far it is.
SOCKETS_ALONE = pytest.mark.parametrize("server", [fake_server], indirect=True, ids=["socket"])
SOON = 15.0  # seconds; every wait below is for something that takes milliseconds


@pytest.fixture(params=[fake_server, fake_http], ids=["socket", "http"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[FakeServer]:
    async with asyncio.timeout(4 * SOON), request.param() as fake:
        yield fake


@pytest.fixture
async def visitor(server: FakeServer) -> AsyncIterator[VisitorClient]:
    async with client_of(server) as client:
        await until(lambda: server.sockets)
        yield client


def client_of(server: FakeServer) -> VisitorClient:
    return VisitorClient(server.url, site="shop", **options(server))


def agent_of(server: FakeServer) -> StaffClient:
    return StaffClient(server.url, token="secret", **options(server))


def options(server: FakeServer) -> dict[str, Any]:
    transport = "http" if isinstance(server, FakeHttp) else "socket"
    return {"backoff": Backoff(first=0.01, most=0.05), "proxy": None, "transport": transport}


async def until(happened: Callable[[], Any]) -> None:
    for _ in range(int(SOON / 0.005)):
        if happened():
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"still not so after {SOON} s")


def texts(client: VisitorClient) -> list[str]:
    return [entry["body"]["text"] for entry in client.logs[CHAT].entries]


async def test_a_message_is_heard_once_by_its_author_and_its_edge_spaces_stay(
    server: FakeServer, visitor: VisitorClient
) -> None:
    chat = await visitor.start_conversation(" first\t")
    await visitor.post_message(chat, "second\n ")
    await until(lambda: len(texts(visitor)) == 2)
    assert texts(visitor) == server.bodies() == [" first\t", "second\n "]
    assert visitor.logs[chat].doubled == 0


async def test_an_event_in_the_same_packet_as_the_reply_that_opened_the_chat_is_not_missed(
    server: FakeServer, visitor: VisitorClient
) -> None:
    heard: list[int] = []
    visitor.on_entry.append(lambda chat, entry: heard.append(entry["position"]))
    await visitor.start_conversation("hello")
    await until(lambda: heard == [1])
    assert server.asked("resume") == []


async def test_a_post_whose_answer_was_lost_is_sent_again_with_the_same_client_id_and_takes_effect_once(
    server: FakeServer, visitor: VisitorClient
) -> None:
    chat = await visitor.start_conversation("hello")
    server.cut_after.append("post_message")
    assert (await visitor.post_message(chat, "again"))["position"] == 2
    first, second = server.asked("post_message")
    assert first == second
    await until(lambda: texts(visitor) == ["hello", "again"])
    assert server.bodies() == ["hello", "again"]


async def test_a_refused_post_and_those_behind_it_go_again_in_the_order_typed(
    server: FakeServer, visitor: VisitorClient
) -> None:
    chat = await visitor.start_conversation("0")
    late = {"code": "out_of_turn", "message": "", "retry": True}
    server.refuse["post_message"] = [
        {"code": "too_fast", "message": "", "retry": True, "after": 0.01},
        late,
        late,
    ]
    await asyncio.gather(*(visitor.post_message(chat, str(n)) for n in (1, 2, 3)))
    assert server.bodies() == ["0", "1", "2", "3"]


async def test_a_final_refusal_reaches_its_own_post_and_holds_up_no_other(
    server: FakeServer, visitor: VisitorClient
) -> None:
    chat = await visitor.start_conversation("0")
    server.refuse["post_message"] = [{"code": "closed", "message": "This chat is closed.", "retry": False}]
    outcomes = await asyncio.gather(
        *(visitor.post_message(chat, str(n)) for n in (1, 2)), return_exceptions=True
    )
    assert isinstance(outcomes[0], RefusedError)
    assert outcomes[0].code == "closed"
    assert outcomes[1] == {"position": 2, "at": "now"}
    assert server.bodies() == ["0", "2"]


async def test_a_post_that_was_given_up_is_skipped_and_the_next_one_goes(
    server: FakeServer, visitor: VisitorClient
) -> None:
    chat = await visitor.start_conversation("0")
    server.refuse["post_message"] = [{"code": "busy", "message": "", "retry": True, "after": 60}]
    server.refuse["skip"] = [{"code": "not_found", "message": "", "retry": False}]
    stuck = asyncio.create_task(visitor.post_message(chat, "1", client_id="one"))
    await until(lambda: server.asked("post_message"))
    with pytest.raises(RefusedError):
        await visitor.outbox.discard(chat, "one")
    assert visitor.outbox.pending(chat) == []
    with pytest.raises(asyncio.CancelledError):
        await stuck


async def test_a_gap_on_a_live_socket_is_filled_and_everything_heard_once_in_order(
    server: FakeServer, visitor: VisitorClient
) -> None:
    await visitor.start_conversation("1")
    await until(lambda: texts(visitor) == ["1"])
    heard: list[str] = []
    visitor.on_entry.append(lambda chat, entry: heard.append(entry["body"]["text"]))
    for body in ("2", "3", "4", "5", "6"):
        server.add(body)
    await server.tell(6)
    await until(lambda: len(heard) >= 5)
    assert heard == ["2", "3", "4", "5", "6"]


@SOCKETS_ALONE
async def test_a_beat_finds_what_no_event_told(server: FakeServer) -> None:
    server.heartbeat = 0.02
    async with client_of(server) as visitor:
        await visitor.start_conversation("1")
        await until(lambda: texts(visitor) == ["1"])
        server.add("2")
        await until(lambda: texts(visitor) == ["1", "2"])


async def test_after_a_loss_the_client_comes_back_and_resumes_where_it_was(
    server: FakeServer, visitor: VisitorClient
) -> None:
    chat = await visitor.start_conversation("1")
    await until(lambda: texts(visitor) == ["1"])
    await server.close_all(1012)
    for body in ("2", "3", "4"):
        server.add(body)
    await until(lambda: texts(visitor) == ["1", "2", "3", "4"])
    assert server.asked("resume")[0] == {"conversation": chat, "after": 1, "mark": "m1"}
    assert server.asked("hello")[1]["token"] == "t"


async def test_another_history_replaces_the_log_and_says_so(
    server: FakeServer, visitor: VisitorClient
) -> None:
    await visitor.start_conversation("1")
    resets: list[str] = []
    visitor.on_reset.append(resets.append)
    await until(lambda: texts(visitor) == ["1"])
    server.entries.clear()
    server.history = "other"
    server.add("restored")
    await visitor.link.drop()
    await until(lambda: resets == [CHAT])
    assert texts(visitor) == ["restored"]


@pytest.mark.parametrize("code", [4400, 4401, 4403, 4409, 4413, 4426])
async def test_a_close_code_that_ends_is_not_tried_again(
    server: FakeServer, visitor: VisitorClient, code: int
) -> None:
    await server.close_all(code)
    await until(visitor.link.has_ended)
    with pytest.raises(EndedError) as ended:
        await visitor.request("beat")
    assert ended.value.code == code
    assert len(server.asked("hello")) == 1


@pytest.mark.parametrize("code", [1001, 1011, 1012, 1013, 4012, 4408])
async def test_a_close_code_that_invites_back_is_followed_by_a_new_hello(
    server: FakeServer, visitor: VisitorClient, code: int
) -> None:
    await server.close_all(code)
    await until(lambda: len(server.asked("hello")) == 2)
    assert (await visitor.settle("beat", {}))["heads"]


async def test_a_hello_refused_for_good_says_why(server: FakeServer) -> None:
    server.refuse["hello"] = [{"code": "unknown_site", "message": "No such site.", "retry": False}]
    with pytest.raises(EndedError, match="unknown_site"):
        await client_of(server).start()


async def test_a_hello_refused_for_now_is_said_again(server: FakeServer) -> None:
    server.refuse["hello"] = [{"code": "too_fast", "message": "", "retry": True, "after": 0.01}]
    async with client_of(server):
        assert len(server.asked("hello")) == 2


@SOCKETS_ALONE
async def test_a_request_that_got_no_answer_is_lost_not_refused(
    server: FakeServer, visitor: VisitorClient
) -> None:
    server.cut_after.append("beat")
    with pytest.raises(LostError):
        await visitor.request("beat")


async def test_a_failing_listener_ends_the_client_instead_of_going_unnoticed(
    server: FakeServer, visitor: VisitorClient
) -> None:
    def fail(event: dict[str, Any]) -> None:
        raise ValueError(event["event"])

    visitor.on_event.append(fail)
    await visitor.start_conversation("1")
    await until(visitor.link.has_ended)
    with pytest.raises(EndedError, match="entry_added"):
        await visitor.request("beat")


async def test_what_waits_when_the_client_is_stopped_is_told_so(
    server: FakeServer, visitor: VisitorClient
) -> None:
    chat = await visitor.start_conversation("0")
    server.refuse["post_message"] = [{"code": "busy", "message": "", "retry": True, "after": 60}]
    stuck = asyncio.create_task(visitor.post_message(chat, "1"))
    await until(lambda: server.asked("post_message"))
    await visitor.stop()
    with pytest.raises(EndedError):
        await stuck


async def test_an_agent_who_comes_back_opens_their_chats_where_they_were_and_is_online_again(
    server: FakeServer,
) -> None:
    server.add("1")
    agent = agent_of(server)
    async with agent:
        await agent.set_status("online")
        assert await agent.open_conversation(CHAT) == {"state": "active"}
        server.status = "offline"
        await agent.link.drop()
        server.add("2")
        await until(lambda: server.status == "online")
        assert server.asked("open_conversation")[1] == {"conversation": CHAT, "after": 1, "mark": "m1"}
        assert [entry["body"]["text"] for entry in agent.logs[CHAT].entries] == ["1", "2"]
        assert [hello["token"] for hello in server.asked("hello")] == ["secret", "secret"]


async def test_a_chat_that_may_not_be_opened_leaves_no_log_behind(server: FakeServer) -> None:
    server.refuse["open_conversation"] = [{"code": "not_found", "message": "", "retry": False}]
    async with agent_of(server) as agent:
        with pytest.raises(RefusedError, match="not_found"):
            await agent.open_conversation(CHAT)
        assert agent.logs == {}


async def test_a_chat_that_was_left_is_not_opened_again(server: FakeServer) -> None:
    server.add("1")
    agent = agent_of(server)
    async with agent:
        await agent.open_conversation(CHAT)
        await agent.leave_conversation(CHAT)
        await agent.link.drop()
        await until(lambda: len(server.asked("hello")) == 2)
        await agent.settle("beat", {})
        assert len(server.asked("open_conversation")) == 1


async def test_a_chat_that_is_opened_twice_tells_each_entry_once(server: FakeServer) -> None:
    server.add("1")
    heard: list[str] = []
    async with agent_of(server) as agent:
        agent.on_entry.append(lambda chat, entry: heard.append(entry["body"]["text"]))
        await agent.open_conversation(CHAT)
        server.add("2")
        agent.logs[CHAT].adopt(server.snapshot())
    assert heard == ["1", "2"]


@SOCKETS_ALONE
async def test_a_late_beat_on_a_talking_socket_loses_nothing_but_silence_is_a_loss(
    server: FakeServer,
) -> None:
    server.heartbeat = 0.05
    server.mute = {"beat"}
    async with client_of(server) as visitor:
        await visitor.start_conversation("1")
        for _ in range(8):
            await asyncio.sleep(0.03)
            await server.tell(1)
        assert visitor.link.losses == 0
        await until(lambda: visitor.link.losses > 0)


async def test_entries_gives_what_is_held_and_then_what_comes(
    server: FakeServer, visitor: VisitorClient
) -> None:
    chat = await visitor.start_conversation("1")
    await until(lambda: texts(visitor) == ["1"])
    stream = visitor.entries(chat)
    assert (await anext(stream))["body"]["text"] == "1"
    await visitor.post_message(chat, "2")
    assert (await anext(stream))["body"]["text"] == "2"
    await stream.aclose()


def client_behind(proxy: BlockingProxy) -> VisitorClient:
    backoff = Backoff(first=0.01, most=0.05)
    return VisitorClient(f"ws://127.0.0.1:{proxy.port}/ws/visitor", site="shop", backoff=backoff, proxy=None)


async def test_an_address_that_refuses_sockets_and_requests_is_not_tried_for_ever() -> None:
    async with blocking_proxy(1) as proxy:
        proxy.requests_pass = False
        with pytest.raises(EndedError) as ended:
            await asyncio.wait_for(client_behind(proxy).start(), SOON)
    assert ended.value.code == 404
    assert proxy.handshakes == 2


async def test_a_server_that_was_only_away_is_tried_until_it_is_back(server: FakeServer) -> None:
    port = int(server.url.split(":")[2].partition("/")[0])
    async with blocking_proxy(1) as proxy:
        proxy.sockets, proxy.requests_pass = "lets pass", False
        client = client_behind(proxy)
        starting = asyncio.create_task(client.start())
        await until(lambda: proxy.handshakes >= 6)  # nothing answers there, and requests find nobody
        assert not client.link.has_ended()
        proxy.target, proxy.requests_pass = port, True
        await asyncio.wait_for(starting, SOON)
        assert client.link.by_http == isinstance(server, FakeHttp)
        await client.stop()

"""At the doors of the fallback: who is let in, how much of what, and who ends it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from agents import staff_socket
from agents.consumers import StaffConsumer
from support_chat.desk import db
from support_chat.desk.access import Staff
from support_chat.desk.models import ApiToken
from support_chat.desk.sockets import DeskSocket
from support_chat.live.close_codes import CloseCode
from support_chat.live.fallback import events
from support_chat.live.throttle import NEW_A_SECOND, POSTS, WRONG_KEYS, Throttle
from tests.desk.by_http import Request, bearing
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running

pytestmark = pytest.mark.django_db(transaction=True)

HOST = (b"host", b"chat.example")
OURS = (b"origin", b"http://chat.example")
BEAT = '{"id":1,"do":"beat","with":{}}'
NOTHING = '{"heads":{}}'


class Scene(NamedTuple):
    desk: Running
    shop: House
    ana: Staff
    agent: Socket
    visitor: Socket
    chat: str


@pytest.fixture(autouse=True)
def nobody_lingers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LINGER", 0.0)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """A visitor with a chat, and its agent; both by socket."""
    shop = await db.run(house)
    ana = await db.run(shop.staff, "ana")
    async with running() as desk:
        agent, visitor = await desk.staff(ana, status="online"), await desk.visitor(shop.site)
        started = await visitor.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        await agent.ok("open_conversation", conversation=started["conversation"])
        yield Scene(desk, shop, ana, agent, visitor, started["conversation"])


@pytest.fixture
def throttled(monkeypatch: pytest.MonkeyPatch) -> Throttle:
    throttle = Throttle()
    monkeypatch.setattr(DeskSocket, "throttle", throttle)
    return throttle


async def status(
    path: str, body: str | bytes, *headers: tuple[bytes, bytes], **scope: Any
) -> tuple[int, str]:
    """The status of an answer, and the code of its error, "" without one."""
    request = Request(path, body, *headers, **scope)
    await request.until(lambda: request.status is not None)
    if request.headers["content-type"] == "application/x-ndjson":
        request.leave()
        return request.status or 0, ""
    return request.status or 0, (await request.answered()).get("error", {}).get("code", "")


async def opened(path: str, heads: dict[str, int], token: str | None) -> Request:
    stream = Request(path, json.dumps({"heads": heads}), *bearing(token))
    await stream.until(lambda: stream.body)
    return stream


def post(scene: Scene, body: str = "x") -> str:
    fields = {"conversation": scene.chat, "client_id": str(uuid4()), "body": body}
    return json.dumps({"id": 1, "do": "post_message", "with": fields})


@pytest.mark.parametrize("door", ["commands", "events"])
async def test_nobody_is_let_in_without_a_key_or_with_another_s(scene: Scene, door: str) -> None:
    body = BEAT if door == "commands" else NOTHING
    wrong = [None, "wrong", "x" * 256, "x" * 257]
    for who, keys in (("visitor", [*wrong, scene.agent.token]), ("agent", [*wrong, scene.visitor.token])):
        for key in keys:
            assert await status(f"/live/{door}?as={who}", body, *bearing(key)) == (401, "unknown_token")
    basic = (b"authorization", b"Basic abc")
    assert await status(f"/live/{door}", body, basic) == (401, "unknown_token")
    assert (await status(f"/live/{door}", body, *bearing(scene.visitor.token)))[0] == 200
    assert (await status(f"/live/{door}?as=agent", body, *bearing(scene.agent.token)))[0] == 200


@pytest.mark.parametrize("door", ["commands", "events"])
async def test_a_page_of_another_origin_is_refused_whatever_it_brings(scene: Scene, door: str) -> None:
    body = BEAT if door == "commands" else NOTHING
    for origin in (b"null", b"http://evil.example", b"https://chat.example", b"http://chat.example:1"):
        foreign = HOST, (b"origin", origin), *bearing(scene.visitor.token)
        assert await status(f"/live/{door}", body, *foreign) == (403, "not_allowed")
    ours = HOST, OURS, *bearing(scene.visitor.token)
    assert (await status(f"/live/{door}", body, *ours))[0] == 200
    https = HOST, (b"origin", b"https://chat.example"), *bearing(scene.visitor.token)
    assert (await status(f"/live/{door}", body, *https, scheme="https"))[0] == 200


def signed_in(who: Staff) -> tuple[bytes, bytes]:
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(who.user.pk), who.user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return b"cookie", f"sessionid={session.session_key}".encode()


@pytest.mark.parametrize("door", ["commands", "events"])
async def test_a_session_lets_a_page_of_ours_in_and_nobody_else(scene: Scene, door: str) -> None:
    path, body = f"/live/{door}?as=agent", BEAT if door == "commands" else NOTHING
    cookie = await db.run(signed_in, scene.ana)
    assert (await status(path, body, HOST, OURS, cookie))[0] == 200
    assert await status(path, body, HOST, cookie) == (401, "unknown_token")
    assert await status(path, body, HOST, (b"origin", b"http://evil.example"), cookie) == (403, "not_allowed")
    assert await status(path, body, HOST, OURS) == (401, "unknown_token")
    assert await status(f"/live/{door}", body, HOST, OURS, cookie) == (401, "unknown_token")


@pytest.mark.parametrize("door", ["commands", "events"])
async def test_what_is_no_request_of_this_protocol_is_refused_by_its_status(scene: Scene, door: str) -> None:
    path, key = f"/live/{door}", bearing(scene.visitor.token)
    get = Request(path, "", *key, method="GET")
    assert (await get.answered())["error"]["code"] == "bad_frame"
    assert (get.status, get.headers["allow"]) == (405, "POST")
    assert (await status(path, "x" * (128 * 1024 + 1), *key)) == (413, "too_big")
    for query in ("?as=owner", "?as=", "?as=agent&as=visitor", "?token=x", "?as=visitor&x=1"):
        assert await status(f"{path}{query}", BEAT, *key) == (400, "bad_field"), query
    for body in ("", "{", "[]", b"\xff\xfe", '"x"'):
        assert (await status(path, body, *key))[0] == 400, body
    plain = Request(path, BEAT, *key)
    plain._scope["headers"] = [(b"content-type", b"text/plain"), *key]
    assert ((await plain.answered())["error"]["code"], plain.status) == ("bad_frame", 415)


async def test_heads_are_read_strictly(scene: Scene) -> None:
    key = bearing(scene.visitor.token)
    many = {f"conversation:{n}": 1 for n in range(events.MOST_TOPICS + 1)}
    for heads in ([], None, {"x": 1}, {"a:b": -1}, {"a:b": "1"}, {"a:b": 1.5}, {"../": 1}, many):
        assert await status("/live/events", json.dumps({"heads": heads}), *key) == (400, "bad_field"), heads
    assert await status("/live/events", '{"heads":{},"more":1}', *key) == (400, "bad_field")
    assert await status("/live/events", "{}", *key) == (400, "bad_field")


async def test_no_answer_is_kept_by_a_cache(scene: Scene) -> None:
    request = Request("/live/commands", BEAT, *bearing(scene.visitor.token))
    await request.answered()
    stream = await opened("/live/events", {}, scene.visitor.token)
    for headers in (request.headers, stream.headers):
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
    assert stream.headers["x-accel-buffering"] == "no"
    stream.leave()


async def test_whoever_names_what_is_not_theirs_hears_nothing_of_it(scene: Scene) -> None:
    desk, shop, _, agent, visitor, chat = scene
    elsewhere = await db.run(house, "Elsewhere")
    stranger, foreign = await desk.visitor(shop.site), await db.run(elsewhere.staff, "eve")
    eve = await desk.staff(foreign)
    named = (f"conversation:{chat}", f"read:{chat}:agent", f"read:{chat}:visitor", "conversation:never")
    named += (f"visitor:{visitor.welcome['visitor']['id']}", f"agent:{agent.welcome['agent']['id']}")
    named += (shop.queue.topic, shop.site.team_topic, "a:b", "conversation:a:b:c")
    for path, token in (("/live/events", stranger.token), ("/live/events?as=agent", eve.token)):
        stream = await opened(path, {**dict.fromkeys(named, 0), shop.site.topic: 0}, token)
        heard = {shop.site.topic: 0} if token == stranger.token else {}
        assert stream.lines[0] == {"event": "heads", "heads": heard}
        for person in (agent, visitor):
            await person.ok("post_message", conversation=chat, client_id=str(uuid4()), body="canary")
        await visitor.ok("set_typing", conversation=chat, typing=True)
        await asyncio.sleep(0.3)
        assert [line for line in stream.lines[1:] if line["event"] != "availability_changed"] == []
        stream.leave()


async def test_wrong_keys_of_one_source_are_no_longer_looked_at(scene: Scene, throttled: Throttle) -> None:
    for _ in range(WRONG_KEYS.burst):
        assert (await status("/live/commands", BEAT, *bearing("wrong")))[0] == 401
    for door, body in (("commands", BEAT), ("events", NOTHING)):
        request = Request(f"/live/{door}", body, *bearing(scene.visitor.token))
        assert ((await request.answered())["error"]["code"], request.status) == ("too_fast", 429)
        assert int(request.headers["retry-after"]) >= 1
    other = Request("/live/commands", BEAT, *bearing(scene.visitor.token), client=("192.0.2.2", 1))
    await other.answered()
    assert other.status == 200


async def test_a_source_says_hello_no_oftener_than_it_opens_sockets(
    scene: Scene, throttled: Throttle
) -> None:
    hello = json.dumps({"id": 1, "do": "hello", "with": {"site": scene.shop.site.public_key}})
    answers = await asyncio.gather(*(status("/live/commands", hello) for _ in range(NEW_A_SECOND + 20)))
    assert set(answers) == {(200, ""), (429, "too_fast")}


async def test_a_sender_has_one_allowance_for_sockets_and_requests(scene: Scene, throttled: Throttle) -> None:
    key = bearing(scene.visitor.token)
    half = [post(scene) for _ in range(POSTS.burst // 2)]
    by_http = [await asyncio.gather(*(status("/live/commands", each, *key) for each in half))]
    assert set(by_http[0]) == {(200, "")}
    socket = await scene.desk.visitor(scene.shop.site, scene.visitor.token)
    for each in [post(scene) for _ in range(POSTS.burst)]:
        socket.send_text(each)
    await socket.until(lambda: len(replies(socket)) > POSTS.burst)
    by_http.append(await asyncio.gather(*(status("/live/commands", each, *key) for each in half)))
    refused = [reply for reply in replies(socket) if "error" in reply]
    assert {reply["error"]["code"] for reply in refused} <= {"too_fast", "out_of_turn"}
    assert refused
    assert (200, "too_fast") in by_http[1]


def replies(socket: Socket) -> list[dict[str, Any]]:
    return [frame for frame in socket.frames if "re" in frame]


async def test_a_stream_counts_as_a_socket_and_the_ninth_closes_the_oldest(scene: Scene) -> None:
    streams = [await opened("/live/events", {}, scene.visitor.token) for _ in range(8)]
    assert await scene.visitor.closed() == CloseCode.ONE_TOO_MANY
    await opened("/live/events", {}, scene.visitor.token)
    await streams[0].until(streams[0].serving.done)
    assert streams[0].lines[-1] == {"event": "closed", "code": 4409}
    for stream in streams[1:]:
        assert not stream.serving.done()


async def test_a_server_that_goes_tells_its_streams(scene: Scene) -> None:
    stream = await opened("/live/events", {}, scene.visitor.token)
    DeskSocket.registry.close_all(CloseCode.RESTARTING)
    await stream.until(stream.serving.done)
    assert stream.lines[-1] == {"event": "closed", "code": 4012}


async def test_who_is_let_out_for_a_while_is_let_in_by_neither_door(scene: Scene) -> None:
    topic = f"visitor:{scene.visitor.welcome['visitor']['id']}"
    DeskSocket.registry.suspend(topic, CloseCode.RESTARTING, 0.5)
    key = bearing(scene.visitor.token)
    assert await status("/live/commands", BEAT, *key) == (503, "overloaded")
    assert await status("/live/events", NOTHING, *key) == (503, "overloaded")
    await asyncio.sleep(0.5)
    assert (await status("/live/commands", BEAT, *key))[0] == 200


async def test_a_revoked_token_ends_its_stream_within_seconds(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_socket, "LOOKED_AT_EVERY", 0.1)
    looking = asyncio.create_task(StaffConsumer.look_at_badges())
    stream = await opened("/live/events?as=agent", {}, scene.agent.token)
    await db.run(lambda: ApiToken.objects.update(revoked_at=timezone.now()))
    await stream.until(stream.serving.done)
    assert stream.lines[-1] == {"event": "closed", "code": 4401}
    assert await status("/live/commands?as=agent", BEAT, *bearing(scene.agent.token)) == (
        401,
        "unknown_token",
    )
    looking.cancel()


async def test_a_stream_that_is_not_read_ends_and_holds_no_more_than_its_bound(scene: Scene) -> None:
    topic = f"conversation:{scene.chat}"
    stream = await opened("/live/events", {topic: 99}, scene.visitor.token)
    stream.slow.clear()
    for _ in range(50):
        await scene.agent.ok(
            "post_message", conversation=scene.chat, client_id=str(uuid4()), body="€" * 8_000
        )
    assert [socket for socket in DeskSocket.registry._open if socket.closing == CloseCode.TOO_SLOW]
    await asyncio.wait_for(stream.serving, 7)  # what it does not take is given up after five seconds
    assert not [socket for socket in DeskSocket.registry._open if socket.closing is not None]

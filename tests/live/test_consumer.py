"""What is said on one socket."""

import asyncio
import logging
from uuid import uuid4

import pytest

from support_chat.live.consumer import Consumer
from support_chat.live.frames import VISITOR_COMMANDS
from support_chat.live.refusals import Busy, NotFound
from tests.live.fakes import LOG, StaffFace, face
from tests.live.wire import Client, connected

pytestmark = pytest.mark.asyncio


def post(client: Client, body: str, client_id: str | None = None) -> int:
    return client.send("post_message", conversation="abc", client_id=client_id or str(uuid4()), body=body)


async def test_the_handshake_takes_our_subprotocol() -> None:
    async with connected(face()) as client:
        assert client.accepted == {"type": "websocket.accept", "subprotocol": "support-chat.v1"}


async def test_a_client_that_offers_no_subprotocol_is_let_in() -> None:
    async with connected(face(), subprotocols=[]) as client:
        assert await client.ok("hello", site="shop") == {"position": 0}


async def test_a_client_of_another_version_is_told_so_in_a_way_that_its_browser_reads() -> None:
    async with connected(face(), subprotocols=["support-chat.v0", "graphql-ws"]) as client:
        assert client.accepted == {"type": "websocket.accept", "subprotocol": "support-chat.v0"}
        assert await client.closed() == 4426


async def test_nothing_is_done_before_hello() -> None:
    async with connected(face()) as client:
        assert await client.refused("beat") == "hello_first"


async def test_hello_is_said_once() -> None:
    async with connected(face()) as client:
        await client.ok("hello", site="shop")
        assert await client.refused("hello", site="shop") == "already_welcomed"


async def test_a_refused_hello_may_be_said_again() -> None:
    async with connected(face()) as client:
        assert await client.refused("hello", site="shop", token="wrong") == "not_found"
        assert await client.ok("hello", site="shop") == {"position": 0}


async def test_the_fifth_refused_hello_closes_the_socket_with_4401() -> None:
    async with connected(face()) as client:
        for _ in range(5):
            await client.refused("hello", site="shop", token="wrong")
        assert await client.closed() == 4401


async def test_who_says_no_hello_in_time_is_closed_with_4401(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support_chat.live.live_socket.HELLO_WITHIN", 0.01)
    async with connected(face()) as client:
        assert await client.closed() == 4401


async def test_every_command_gets_one_reply_with_its_number() -> None:
    async with connected(face()) as client:
        await client.ok("hello", site="shop")
        numbers = [post(client, f"text {n}") for n in range(20)]
        await client.reply_to(numbers[-1])
        assert [frame["re"] for frame in client.frames if "re" in frame] == [1, *numbers]


async def test_the_author_hears_their_own_posts_in_order() -> None:
    async with connected(face()) as client:
        await client.ok("hello", site="shop")
        for n in range(3):
            post(client, f"text {n}")
        await client.until(lambda: len(client.events) == 3)
        assert [event["text"] for event in client.events] == ["text 0", "text 1", "text 2"]


async def test_the_first_event_after_a_reply_is_the_next_position() -> None:
    own = face()
    for n in range(4):
        own.source.add(f"old {n}")
    async with connected(own) as client:
        number = client.send("hello", site="shop")
        await asyncio.sleep(0)
        own.hub.publish([own.source.add("while reading")])
        await client.reply_to(number)
        own.hub.publish([own.source.add("afterwards")])
        await client.until(lambda: client.events and client.events[-1]["text"] == "afterwards")
        told = client.frames[0]["ok"]["position"]
        assert [event["position"] for event in client.events] == list(range(told + 1, 7))
        assert "re" in client.frames[0]


async def test_resuming_on_a_live_socket_loses_and_doubles_nothing() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        own.hub.publish([own.source.add("one")])
        reply = client.send("resume", conversation="abc", after=0)
        own.hub.publish([own.source.add("two")])
        await client.reply_to(reply)
        own.hub.publish([own.source.add("three")])
        await client.until(lambda: client.events and client.events[-1]["text"] == "three")
        after = client.frames.index(next(frame for frame in client.frames if frame.get("re") == reply))
        told = client.frames[after]["ok"]["position"]
        positions = [frame["position"] for frame in client.frames[after + 1 :] if "event" in frame]
        assert positions == list(range(told + 1, 4))


async def test_a_refused_resume_leaves_the_topic_as_it_was() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        assert await client.refused("resume", conversation="foreign", after=0) == "not_found"
        own.hub.publish([own.source.add("one")])
        await client.until(lambda: len(client.events) == 1)


async def test_what_a_handler_raises_is_answered_failed_and_told_to_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with connected(face()) as client:
        await client.ok("hello", site="shop")
        reply = await client.ask("page", conversation="abc", before=5)
        assert reply["error"]["code"] == "failed"
        assert reply["error"]["retry"] is True
        assert "secret" not in client.received[-1]
        assert reply["error"]["trace"] in caplog.text
        assert await client.ok("beat") == {"heads": {LOG: 0}}


async def test_beat_tells_how_far_every_topic_was_told() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        own.hub.publish([own.source.add("one"), own.source.add("hidden", private=True)])
        assert await client.ok("beat") == {"heads": {LOG: 1}}


async def test_refresh_tells_the_whole_state_before_its_reply() -> None:
    own = face(StaffFace)
    own.source.states["queue:q"] = 7
    async with connected(own) as client:
        await client.ok("hello")
        consumer = next(iter(own.registry._open))
        consumer.listen("queue:q", ("staff",)).release(3)
        assert await client.ok("refresh", topic="queue:q") == {}
        assert client.frames[-2] == {"event": "queue_changed", "waiting": 7}
        assert (await client.ok("beat"))["heads"]["queue:q"] == 7


async def test_a_topic_that_is_not_heard_cannot_be_refreshed() -> None:
    async with connected(face()) as client:
        await client.ok("hello", site="shop")
        assert await client.refused("refresh", topic="queue:q") == "not_found"


async def test_commands_wait_for_the_posts_sent_before_them() -> None:
    own = face()
    own.patient = True
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        first = post(client, "one")
        end = client.send("end_conversation", conversation="abc", client_id=str(uuid4()))
        await asyncio.sleep(0.02)
        assert own.done == []
        own.commit_all()
        assert (await client.reply_to(end))["ok"] == {"position": 1}
        assert [frame["re"] for frame in client.frames if "re" in frame][-2:] == [first, end]


async def test_posts_and_beats_go_on_while_a_post_is_written() -> None:
    own = face()
    own.patient = True
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        post(client, "one")
        post(client, "two")
        await client.ok("beat")
        assert [text for text, _ in own.commits] == ["one", "two"]
        own.commit_all()


async def test_posts_written_together_are_answered_one_by_one_in_the_order_sent() -> None:
    own = face()
    own.patient = True
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        numbers = [post(client, str(n)) for n in range(150)]
        await client.until(lambda: len(own.commits) == 100)
        assert len(client.frames) == 1
        own.commit_all()
        await client.until(lambda: len(own.commits) == 50)
        own.commit_all()
        replies = [await client.reply_to(number) for number in numbers]
        assert [reply["ok"]["position"] for reply in replies] == list(range(1, 151))
        assert [frame["re"] for frame in client.frames if "re" in frame] == [1, *numbers]


async def test_a_post_written_before_its_predecessor_is_answered_after_it() -> None:
    own = face()
    own.patient = True
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        numbers = [post(client, str(n)) for n in range(3)]
        await client.until(lambda: len(own.commits) == 3)
        for which in (2, 1):
            own.commits[which][1].set_result(which + 1)
        await asyncio.sleep(0.01)
        assert len(client.frames) == 1
        own.commits[0][1].set_result(1)
        await client.reply_to(numbers[-1])
        assert [frame["re"] for frame in client.frames] == [1, *numbers]


async def test_after_a_retryable_refusal_later_posts_are_out_of_turn_until_it_comes_again() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        own.refusing.append(Busy())
        first = str(uuid4())
        assert (await client.reply_to(post(client, "one", first)))["error"]["code"] == "busy"
        assert (await client.reply_to(post(client, "two")))["error"]["code"] == "out_of_turn"
        assert "ok" in await client.reply_to(post(client, "one", first))
        assert "ok" in await client.reply_to(post(client, "two"))


async def test_skip_gives_up_a_refused_post() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        own.refusing.append(Busy())
        first = str(uuid4())
        await client.reply_to(post(client, "one", first))
        await client.ok("skip", conversation="abc", client_id=first)
        assert "ok" in await client.reply_to(post(client, "two"))


async def test_a_refusal_for_good_holds_nothing_back() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        own.refusing.append(NotFound())
        await client.reply_to(post(client, "one"))
        assert "ok" in await client.reply_to(post(client, "two"))


async def test_a_post_refused_while_it_waited_holds_back_the_later_ones() -> None:
    own = face()
    own.patient = True
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        first = post(client, "one")
        await asyncio.sleep(0.01)
        own.refuse_all()
        assert (await client.reply_to(first))["error"]["code"] == "busy"
        assert (await client.reply_to(post(client, "two")))["error"]["code"] == "out_of_turn"


async def test_replies_after_a_close_are_dropped_silently() -> None:
    own = face()
    own.patient = True
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        post(client, "one")
        await asyncio.sleep(0.01)
        own.registry.close_all(4012)
        own.commit_all()
        assert await client.closed() == 4012


async def test_nothing_is_listened_to_when_the_socket_is_gone() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        assert own.hub.topics == (LOG,)
    assert own.hub.topics == ()
    assert len(own.registry) == 0


async def test_a_command_that_has_begun_is_finished_when_its_client_leaves() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        client.send("end_conversation", conversation="abc", client_id=str(uuid4()))
    assert own.done == ["end_conversation"]


async def test_a_face_must_carry_out_every_command_it_names() -> None:
    with pytest.raises(TypeError, match="start_conversation"):
        type("Half", (Consumer,), {"commands": VISITOR_COMMANDS})


async def test_a_socket_in_flight_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "support_chat.live"):
        async with connected(face()) as client:
            await client.ok("hello", site="shop")
            await client.reply_to(post(client, "one"))
    assert not [record for record in caplog.records if record.name.startswith("support_chat.live")]

"""Guarantee 2: however often, over however many sockets, one effect."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest

from support_chat.live.client import RefusedError
from tests.promises.talking import bodies, take, whole_log
from tests.services.open_house import OpenHouse


async def test_a_message_sent_again_and_again_over_two_sockets_is_there_once(
    open_house: Callable[..., OpenHouse],
) -> None:
    async with (house := open_house()).visitor() as first:
        chat = await first.start_conversation("Hello")
        fields = {"conversation": chat, "client_id": str(uuid4()), "body": "Once, please."}
        async with house.visitor(token=first.token) as second:
            asked = [
                socket.request("post_message", **fields) for socket in (first, second) for _ in range(10)
            ]
            answers = await asyncio.gather(*asked)
            await second.post_message(chat, "And this after it.")
        assert all(answer == answers[0] for answer in answers)
        assert bodies(await whole_log(first, chat)) == ["Hello", "Once, please.", "And this after it."]


async def test_the_same_id_with_other_words_is_refused_and_changes_nothing(
    open_house: Callable[..., OpenHouse],
) -> None:
    async with open_house().visitor() as visitor:
        chat = await visitor.start_conversation("Hello")
        client_id = str(uuid4())
        await visitor.post_message(chat, "Once, please.", client_id=client_id)
        with pytest.raises(RefusedError) as refused:
            await visitor.request("post_message", conversation=chat, client_id=client_id, body="Or not.")
        assert (refused.value.code, refused.value.retry) == ("id_reused", False)
        assert bodies(await whole_log(visitor, chat)) == ["Hello", "Once, please."]


async def test_a_chat_started_twice_is_one_chat_and_one_closed_twice_is_closed_once(
    open_house: Callable[..., OpenHouse],
) -> None:
    house = open_house()
    async with house.visitor() as visitor, house.staff("ana") as ana:
        await ana.set_status("online")
        client_id = str(uuid4())
        async with house.visitor(token=visitor.token) as elsewhere:
            sockets = [visitor, elsewhere] * 5
            started = [each.start_conversation("Hello", client_id=client_id) for each in sockets]
            (chat,) = set(await asyncio.gather(*started))
        await take(ana, chat)
        closing = str(uuid4())
        closed = [ana.close_conversation(chat, client_id=closing) for _ in range(5)]
        assert len({answer["position"] for answer in await asyncio.gather(*closed)}) == 1
        kinds = [entry["kind"] for entry in await whole_log(visitor, chat)]
    assert [kinds.count(kind) for kind in ("opened", "message", "closed")] == [1, 1, 1]

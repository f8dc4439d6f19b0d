"""Guarantee 4: recovered whole or not at all; never half, never another history's."""

from collections.abc import Callable

import pytest

from support_chat.live.client import RefusedError
from tests.promises.talking import whole_log
from tests.services.open_house import OpenHouse


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_from_any_entry_that_is_known_exactly_the_rest_is_recovered(
    open_house: Callable[..., OpenHouse], transport: str
) -> None:
    async with open_house(transport=transport).visitor() as visitor:
        chat = await visitor.start_conversation("Hello")
        for n in range(10):
            await visitor.post_message(chat, f"word {n}")
        whole = await whole_log(visitor, chat)
        assert [entry["position"] for entry in whole] == list(range(1, len(whole) + 1))
        for known in whole:
            where = {"conversation": chat, "after": known["position"], "mark": known["mark"]}
            answer = await visitor.request("resume", **where)
            assert answer["recovered"]
            assert answer["entries"] == whole[known["position"] :]


@pytest.mark.parametrize(
    ("after", "mark", "transport"),
    [(3, "0" * 16, "socket"), (99, "0" * 16, "socket"), (99, None, "socket"), (3, "0" * 16, "http")],
)
async def test_from_another_history_nothing_is_recovered_and_all_is_told_anew(
    open_house: Callable[..., OpenHouse], after: int, mark: str | None, transport: str
) -> None:
    async with open_house(transport=transport).visitor() as visitor:
        chat = await visitor.start_conversation("Hello")
        for n in range(5):
            await visitor.post_message(chat, f"word {n}")
        whole = await whole_log(visitor, chat)
        where = {"conversation": chat, "after": after} | ({"mark": mark} if mark else {})
        answer = await visitor.request("resume", **where)
    assert not answer["recovered"]
    assert answer["snapshot"]["entries"] == whole


async def test_somebody_elses_chat_is_as_unknown_as_one_that_never_was(
    open_house: Callable[..., OpenHouse],
) -> None:
    house = open_house()
    async with house.visitor() as owner, house.visitor() as stranger:
        chat = await owner.start_conversation("Hello")
        refusals = []
        for asked in (chat, "A" * 22):
            with pytest.raises(RefusedError) as refused:
                await stranger.request("resume", conversation=asked, after=0)
            refusals.append((refused.value.code, str(refused.value)))
    assert refusals[0] == refusals[1]
    assert refusals[0][0] == "not_found"

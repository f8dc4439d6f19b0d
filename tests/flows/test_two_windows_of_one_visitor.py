import pytest

from tests.desk.by_http import ByHttp
from tests.desk.running import Socket, running
from tests.flows.stage import asks, does, hears, kinds, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def test_what_happens_in_one_window_of_a_visitor_happens_in_the_other(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, first = await stage.agent("ana"), await stage.visitor()
        idle = await stage.visitor(first.token)
        chat = await asks(first)
        begun = await idle.event("conversation_changed", conversation=chat)
        assert begun["position"] >= 1
        second = await stage.visitor(first.token)
        assert second.welcome["conversation"]["id"] == chat
        await idle.ok("resume", conversation=chat, after=0)

        windows = [first, second, idle]
        await says(first, chat, "From the first")
        await says(second, chat, "From the second")
        await says(ana, chat, "To both")
        for window in windows:
            await hears(window, "To both")
        tails = [[entry for entry in window.entries() if entry["position"] >= 4] for window in windows]
        assert tails[0] == tails[1] == tails[2]
        assert [entry["body"]["text"] for entry in tails[0]] == [
            "From the first",
            "From the second",
            "To both",
        ]
        assert [("client_id" in entry) for entry in tails[0]] == [True, True, False]

        await second.ok("mark_read", conversation=chat, position=6)
        for window in windows:
            await window.event("read", by={"role": "visitor"}, position=6)
        await sees_typing_once_she_has_opened_it(ana, chat, windows)

        await first.leave()
        await does(second, "end_conversation", chat)
        await idle.event("conversation_changed", state="closed")
        assert kinds(idle)[-1] == "closed"
        heads = [(await window.ok("beat"))["heads"][f"conversation:{chat}"] for window in (second, idle)]
        assert heads[0] == heads[1] == 7


async def sees_typing_once_she_has_opened_it(ana: Socket, chat: str, windows: list[Socket]) -> None:
    if not isinstance(ana, ByHttp):  # whose requests do not say what she has opened
        await ana.ok("set_typing", conversation=chat, typing=True, mode="reply")
    assert not [window for window in windows if any(e["event"] == "typing" for e in window.events)]
    await ana.ok("open_conversation", conversation=chat)
    await ana.ok("set_typing", conversation=chat, typing=True, mode="reply")
    for window in windows:
        await window.event("typing", typing=True)

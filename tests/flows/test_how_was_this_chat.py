import pytest

from tests.desk.running import Socket, running
from tests.flows.stage import Stage, asks, does, hears, kinds, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_visitor_is_asked_says_it_and_the_team_reads_it_at_once(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, vera, stranger = await stage.agent("ana"), await stage.visitor(), await stage.visitor()
        chat = await talk(stage, ana, vera)
        await does(ana, "close_conversation", chat)
        await vera.until(lambda: kinds(vera)[-1:] == ["closed"])
        assert vera.entries()[-1]["body"] == {"rate": True}
        rated = {"conversation": chat, "client_id": "0f8fad5b-d9cb-469f-a165-70867728950e"}
        assert await stranger.refused("rate_conversation", **rated, score=1) == "not_found"
        assert await vera.refused("rate_conversation", **rated, score=6) == "bad_field"
        first = await vera.ok("rate_conversation", **rated, score=4, comment="Quick!")
        assert await vera.ok("rate_conversation", **rated, score=4, comment="Quick!") == first
        await ana.until(lambda: kinds(ana)[-1:] == ["rated"])
        assert ana.entries()[-1]["body"] == vera.entries()[-1]["body"] == {"score": 4, "comment": "Quick!"}
        opened = await ana.ok("open_conversation", conversation=chat)
        assert opened["about"]["rating"] == 4


async def talk(stage: Stage, ana: Socket, vera: Socket) -> str:
    chat = await asks(vera)
    await row(ana, chat, lambda row: row["state"] == "active")
    await ana.ok("open_conversation", conversation=chat)
    await says(ana, chat, "It opens on Monday.")
    await says(vera, chat, "Thank you!")
    await hears(ana, "Thank you!")
    return chat

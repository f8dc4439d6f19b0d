"""The drill: a backup while people write, restored elsewhere; no answered word from before it is gone."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from support_chat.live.client import ChatClient, ClientError, VisitorClient
from tests.promises.talking import bodies, eventually, take, whole_log
from tests.promises.test_guarantee_1_durable import stored
from tests.services.open_house import OpenHouse
from tests.services.served import ROOT, own_environment, run_manage
from tests.skew.servers import Place

CHATS = 6
COMES_BACK = 60.0  # seconds; a client asks again ever more seldom while a busy machine restores


@dataclass
class Diary:
    """The client_ids of what was answered, in order."""

    answered: list[str] = field(default_factory=list)

    async def talk(self, visitor: VisitorClient) -> None:
        chat = visitor.conversation or ""
        with contextlib.suppress(ClientError):  # the server is gone, at the end
            while True:
                client_id = str(uuid4())
                await visitor.post_message(chat, f"{len(self.answered)}", client_id=client_id)
                self.answered.append(client_id.replace("-", ""))

    async def grows_by(self, number: int) -> None:
        least = len(self.answered) + number
        await eventually(lambda: len(self.answered) >= least)


async def backed_up_under_load(house: OpenHouse, visitors: list[VisitorClient], folder: Path) -> Diary:
    """What was answered before the backup began; more was, while and after it was made."""
    diary = Diary()
    talks = [asyncio.create_task(diary.talk(visitor)) for visitor in visitors]
    await diary.grows_by(100)
    before = Diary(list(diary.answered))
    environment = own_environment(house.served.database_url)
    await asyncio.to_thread(run_manage, "backup", str(folder), environment=environment)
    during = len(diary.answered) - len(before.answered)
    await diary.grows_by(100)
    house.served.kill()
    for talk in talks:
        talk.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
    assert during > 0, "nobody wrote while it was made"
    return before


async def test_a_backup_made_under_load_restores_whole_and_clients_who_know_more_recover(
    open_house: Callable[..., OpenHouse],
    elsewhere: Callable[[str], str],
    tmp_path: Path,
) -> None:
    house, folder = open_house(capacity=50), tmp_path / "backup"
    resets: list[str] = []
    async with contextlib.AsyncExitStack() as opened:
        visitors = [await opened.enter_async_context(house.visitor()) for _ in range(CHATS)]
        ana = await opened.enter_async_context(house.staff("ana"))
        await ana.set_status("online")
        chats = [await visitor.start_conversation("Hello") for visitor in visitors]
        for chat in chats:
            await take(ana, chat)
        for client in (*visitors, ana):
            client.on_reset.append(resets.append)
        before = await backed_up_under_load(house, visitors, folder)

        url = elsewhere(house.served.database_url)
        said = await asyncio.to_thread(run_manage, "restore", str(folder), environment=own_environment(url))
        assert "all hold" in said
        assert set(before.answered) <= stored(url).keys()
        assert len(stored(url)) < len(stored(house.served.database_url)), "the clients know no more than it"

        place = Place(tmp_path, url, redis_url=None, port=house.served.port)  # where its clients look for it
        opened.callback(place.leave)
        house.served = await asyncio.to_thread(place.serve, ROOT)
        for visitor, chat in zip(visitors, chats, strict=True):
            async with asyncio.timeout(COMES_BACK):
                await recovered(visitor, ana, chat)
        assert set(resets) == set(chats)
        await asyncio.to_thread(house.check)


async def recovered(visitor: VisitorClient, ana: ChatClient, chat: str) -> None:
    """Both know what the server knows, and go on with it."""
    await visitor.link.online()
    await ana.link.online()
    await visitor.post_message(chat, "Still there?")
    for client in (visitor, ana):
        await eventually(lambda log=client.logs[chat]: "Still there?" in bodies(log.entries))
        server = await whole_log(client, chat)
        held = client.logs[chat].entries
        assert held == server[-len(held) :]
        assert [entry["position"] for entry in server] == list(range(1, len(server) + 1))

"""The release before and this one run side by side on one database, chat across, and replace each other."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.services.house import token_of
from tests.services.open_house import build_house_in
from tests.services.redis import RedisServer
from tests.services.served import ROOT, own_environment
from tests.skew.future import from_the_future
from tests.skew.puppets import Puppet, puppet
from tests.skew.servers import Place


@dataclass
class Talk:
    """One chat: a visitor of one release at a server of the other, and an agent the other way round."""

    chat: str
    visitor: Puppet
    agent: Puppet
    said: list[str] = field(default_factory=lambda: ["Hello"])

    async def go_on(self, rounds: int) -> None:
        """Both write in turn, each after having heard the other; nothing lost, doubled or out of order."""
        for _ in range(rounds):
            for speaker, listener in ((self.visitor, self.agent), (self.agent, self.visitor)):
                self.said.append(f"{len(self.said)}")
                await speaker.call("post_message", self.chat, self.said[-1])
                await listener.hears(self.chat, self.said)

    async def is_whole(self) -> None:
        for side in (self.visitor, self.agent):
            await side.hears(self.chat, self.said)
            positions = [entry["position"] for entry in await side.log(self.chat)]
            assert positions == list(range(positions[0], positions[0] + len(positions)))


@asynccontextmanager
async def talking(release_before: Path, places: list[Place]) -> AsyncIterator[list[Talk]]:
    """Two chats that cross both servers; in each, either side is of another release than its server."""
    older, newer = places
    key = build_house_in(older.database_url)
    older.serve(release_before)
    newer.serve(ROOT)
    async with AsyncExitStack() as opened:
        ana = await opened.enter_async_context(puppet(ROOT, "agent", older.url, token_of("ana")))
        vera = await opened.enter_async_context(puppet(release_before, "visitor", newer.url, key))
        ben = await opened.enter_async_context(puppet(release_before, "agent", newer.url, token_of("ben")))
        olaf = await opened.enter_async_context(puppet(ROOT, "visitor", older.url, key))
        for of_this in (ana, olaf):
            assert of_this.home.startswith(str(ROOT))
        for of_before in (vera, ben):
            assert of_before.home.startswith(str(release_before))
        yield [await began(vera, ana), await began(olaf, ben)]


async def began(visitor: Puppet, agent: Puppet) -> Talk:
    """A chat that this agent, alone online, is given."""
    await agent.call("set_status", "online")
    chat = await visitor.call("start_conversation", "Hello")
    await agent.call("open_conversation", chat)
    await agent.hears(chat, ["Hello"])
    await agent.call("set_status", "finishing")
    return Talk(chat, visitor, agent)


def manage(release: Path, place: Place, *command: str) -> str:
    """A command of a release, on the database of both; what it printed."""
    done = subprocess.run(
        [sys.executable, str(release / "manage.py"), *command],
        env=own_environment(place.database_url),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_each_program_runs_the_code_of_its_own_release(release_before: Path, places: list[Place]) -> None:
    words = "import support_chat; print(support_chat.__file__)"
    for release in (release_before, ROOT):
        assert manage(release, places[0], "shell", "-v0", "--command", words).startswith(str(release))


async def test_side_by_side_they_chat_across_with_redis_and_without(
    release_before: Path, places: list[Place], redis_server: RedisServer
) -> None:
    async with talking(release_before, places) as talks:
        await asyncio.gather(*(talk.go_on(5) for talk in talks))
        redis_server.stop()
        await asyncio.gather(*(talk.go_on(1) for talk in talks))
        redis_server.start()
        await asyncio.gather(*(talk.go_on(2) for talk in talks))
        for talk in talks:
            await talk.is_whole()
    await asyncio.to_thread(manage, release_before, places[0], "check_integrity")
    await asyncio.to_thread(manage, ROOT, places[0], "check_integrity", "--mend")


@pytest.mark.parametrize("back", [False, True], ids=["forward", "back again"])
async def test_a_server_is_replaced_by_one_of_the_other_release_and_its_clients_go_on(
    release_before: Path, places: list[Place], back: bool
) -> None:
    older, newer = places
    async with talking(release_before, places) as talks:
        await asyncio.gather(*(talk.go_on(1) for talk in talks))
        place, release = (newer, release_before) if back else (older, ROOT)
        await asyncio.to_thread(place.serve, release)
        await asyncio.gather(*(talk.go_on(2) for talk in talks))
        for talk in talks:
            await talk.is_whole()
    await asyncio.to_thread(manage, ROOT, place, "check_integrity", "--mend")


@pytest.mark.parametrize("of", ["the release before", "this release"])
async def test_a_client_passes_over_what_a_later_release_will_say(
    release_before: Path, places: list[Place], of: str
) -> None:
    place, release = places[0], ROOT if of == "this release" else release_before
    key = build_house_in(place.database_url)
    place.serve(ROOT)
    async with AsyncExitStack() as opened:
        later = await opened.enter_async_context(from_the_future(place.url))
        ana = await opened.enter_async_context(puppet(release, "agent", later.url, token_of("ana")))
        vera = await opened.enter_async_context(puppet(release, "visitor", later.url, key))
        talk = await began(vera, ana)
        await talk.go_on(3)
        await talk.is_whole()
    assert later.told > 20

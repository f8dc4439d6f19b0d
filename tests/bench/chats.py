"""Chats under load: each a visitor's socket, and an agent's socket that hears it."""

import asyncio
import uuid
from dataclasses import dataclass, field

from tests.bench.ground import Ground
from tests.bench.house import House
from tests.bench.wire import Socket

WORDS = "Where is my order 4711? I have been waiting for it for a whole week."
AT_ONCE = 8  # chats being started; more would only wait for each other


@dataclass(eq=False)
class Chat:
    """One conversation as the load sees it."""

    visitor: Socket
    name: str  # its public id
    token: str
    position: int  # of the last entry known when it was started, with its mark
    mark: str
    sent: int = 0
    answered: int = 0  # acknowledged: committed
    heard: int = 0  # by its agent
    refused: int = 0
    times: dict[int, float] = field(default_factory=dict)  # when each was sent, by number

    @property
    def done(self) -> int:
        """Messages that are durable, acknowledged and delivered."""
        return min(self.answered, self.heard)

    async def post(self) -> None:
        self.sent += 1
        await self.visitor.connection.send(
            f'{{"id":{1000 + self.sent},"do":"post_message","with":{{"conversation":"{self.name}",'
            f'"client_id":"{uuid.uuid4()}","body":"{self.sent:08d} {WORDS}"}}}}'
        )


@dataclass
class Crowd:
    """All chats, and the agents' sockets."""

    chats: list[Chat]
    agents: list[Socket]

    def by_name(self) -> dict[str, Chat]:
        return {chat.name: chat for chat in self.chats}

    async def close(self) -> None:
        sockets = [*(chat.visitor for chat in self.chats), *self.agents]
        await asyncio.gather(*(socket.close() for socket in sockets))


async def gather_crowd(ground: Ground, house: House, count: int) -> Crowd:
    """Start so many chats and have the agent of each open it."""
    agents = [await _agent(ground, token) for token in house.tokens]
    gate = asyncio.Semaphore(AT_ONCE)
    chats = await asyncio.gather(*(_chat(ground, house, gate) for _ in range(count)))
    opened = sum([await _open_all(agent) for agent in agents])
    if opened != count:
        raise RuntimeError(f"{opened} of {count} chats have an agent")
    return Crowd(list(chats), agents)


async def _agent(ground: Ground, token: str) -> Socket:
    socket = await Socket.open(f"{ground.agents.url}/ws/agent")
    socket.me = (await socket.ask("hello", token=token))["agent"]["id"]
    await socket.ask("set_status", status="online")
    return socket


async def _chat(ground: Ground, house: House, gate: asyncio.Semaphore) -> Chat:
    async with gate:
        socket = await Socket.open(f"{ground.visitors.url}/ws/visitor")
        token = (await socket.ask("hello", site=house.key))["token"]
        started = await socket.ask("start_conversation", client_id=str(uuid.uuid4()), body=WORDS)
        log = started["snapshot"]
        return Chat(socket, started["conversation"], token, log["position"], log["mark"])


async def _open_all(agent: Socket) -> int:
    """Open every chat that this agent has been given; how many."""
    await agent.listen(2.0)
    rows = [row for event in agent.events if event["event"] == "inbox_changed" for row in event["rows"]]
    mine = {row["conversation"] for row in rows if row["agent"] and row["agent"]["id"] == agent.me}
    for name in mine:
        await agent.ask("open_conversation", conversation=name)
    agent.events.clear()
    return len(mine)

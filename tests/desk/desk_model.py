"""A desk in plain words, small enough to be believed: who waits in which order, who may take what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from support_chat.settings.chat import PRIORITY_MINUTES, RETURN_HEAD_START

TICK = 1_000  # of the model's own clock, with each thing that happens: who moves to the front moves by one
MINUTE = 1_000_000 * TICK


@dataclass
class Chat:
    id: int
    queue: int
    key: int
    state: str = "queued"
    priority: str = "normal"
    owner: int | None = None
    last: int | None = None  # who had it last
    offered: int | None = None
    wanted: int | None = None  # the queue it is handed over to
    idle: bool = False
    aside: bool = False  # idle, because its agent has put it aside
    asked: list[tuple[int, int]] = field(default_factory=list)  # who let it go, and when

    @property
    def waits(self) -> bool:
        return self.state == "queued" or self.wanted is not None

    @property
    def where(self) -> int:
        return self.wanted or self.queue


@dataclass
class Agent:
    id: int
    queues: set[int]
    capacity: int
    status: str = "online"
    here: bool = True
    before: str = ""  # what it was, of who was lost
    since: int = 0  # when it changed
    missed: int = 0  # offers that expired in a row

    def says(self, status: str, now: int, *, before: str = "") -> None:
        self.status, self.since, self.missed, self.before = status, now, 0, before


@dataclass
class Desk:
    """`offers`: the queues that offer; the others give at once."""

    agents: dict[int, Agent]
    offers: set[int]
    chats: dict[int, Chat] = field(default_factory=dict)
    now: int = 0

    def tick(self) -> int:
        self.now += TICK
        return self.now

    # -------------------------------------------------------------- what is asked of it

    def line(self) -> list[Chat]:
        waiting = [chat for chat in self.chats.values() if chat.waits]
        return sorted(waiting, key=lambda chat: (chat.key, chat.id))

    def places(self, queue: int) -> dict[int, tuple[int, int]]:
        line = [chat.id for chat in self.line() if chat.where == queue]
        return {chat: (place, len(line)) for place, chat in enumerate(line, start=1)}

    def load(self, agent: int) -> int:
        held = [chat for chat in self.chats.values() if chat.owner == agent and not chat.idle]
        return len(held) + sum(chat.offered == agent for chat in self.chats.values())

    def room(self, agent: int) -> int:
        return self.agents[agent].capacity - self.load(agent)

    def willing(self, chat: Chat, room: Mapping[int, int]) -> set[int]:
        """Of whom one gets this chat, while this is how many more each may take."""
        able = {
            agent.id
            for agent in self.agents.values()
            if agent.status == "online" and agent.here and room[agent.id] > 0
            if chat.where in agent.queues and agent.id != chat.owner
        }
        asked = {agent for agent, at in chat.asked if at >= self.agents[agent].since}
        last = chat.asked[-1][0] if chat.asked else None
        return able - asked or able - {last}

    def first_by_hand(self, agent: int, before: Chat) -> Chat | None:
        """What this agent has to take before it."""
        for chat in self.line():
            if chat is before:
                return None
            last, at = chat.asked[-1] if chat.asked else (None, 0)
            barred = last == agent and at >= self.agents[agent].since
            mine = chat.where in self.agents[agent].queues and chat.owner != agent
            if mine and not barred and chat.offered is None:
                return chat
        return None

    # -------------------------------------------------------------- what happens to a chat

    def arrives(self, chat: int, queue: int) -> None:
        self.chats[chat] = Chat(chat, queue, self.tick())

    def taken(self, chat: Chat, by: int) -> None:
        chat.queue, chat.last = chat.where, chat.owner or chat.last
        chat.state, chat.owner, chat.wanted, chat.offered, chat.idle = "active", by, None, None, False

    def offered(self, chat: Chat, to: int) -> None:
        chat.offered = to

    def let_go(self, chat: Chat) -> None:
        chat.asked.append((chat.offered or 0, self.tick()))
        chat.offered = None

    def returns(self, chat: Chat, *, key: int | None = None) -> None:
        chat.queue, chat.key, chat.last = chat.where, key or chat.key, chat.owner
        chat.state, chat.owner, chat.wanted, chat.offered, chat.idle = "queued", None, None, None, False
        chat.asked = []

    def comes_back_key(self) -> int:
        return self.tick() - RETURN_HEAD_START * MINUTE

    def closes(self, chat: Chat) -> None:
        chat.last = chat.owner or chat.last
        chat.state, chat.owner, chat.wanted, chat.offered, chat.idle = "closed", None, None, None, False
        chat.asked = []

    def reopens(self, chat: Chat) -> None:
        chat.state, chat.key = "queued", self.comes_back_key()

    def handed(self, chat: Chat, queue: int) -> None:
        chat.wanted, chat.offered, chat.asked = queue, None, []

    def kept(self, chat: Chat) -> None:
        chat.wanted, chat.offered = None, None

    def goes_first(self, chat: Chat) -> None:
        others = [each.key for each in self.line() if each.where == chat.where and each is not chat]
        chat.key = min([chat.key, *(key - 1 for key in others)])

    def is_now(self, chat: Chat, priority: str) -> None:
        chat.key -= (PRIORITY_MINUTES[priority] - PRIORITY_MINUTES[chat.priority]) * MINUTE
        chat.priority = priority

    def all_back(self, agent: int) -> None:
        """What an agent has waits again, and what they are offered is let go."""
        for chat in self.held(agent):
            if chat.offered == agent:
                self.let_go(chat)
            if chat.owner == agent:
                self.returns(chat)

    def held(self, agent: int) -> Iterator[Chat]:
        return (chat for chat in list(self.chats.values()) if agent in (chat.owner, chat.offered))

"""Whose socket of the team it is, for as long as they are let in; and the chats that they hear."""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar, Final
from uuid import UUID

from agents.arrival import lists_of, staff_by_session, staff_by_token, topics_of, welcome_words
from agents.badges import LOOKED_AT_EVERY, Badge, ended, moved
from support_chat.desk import db
from support_chat.desk.access import (
    Staff,
    author_for,
    conversation_for_staff,
    conversations_for_staff,
    overseen_by,
)
from support_chat.desk.actions.presence import agent_arrived, agent_left, settle_presence
from support_chat.desk.audiences import overseers
from support_chat.desk.errors import NotAllowed, UnknownToken
from support_chat.desk.going_on import chats_named, topics_beside, visitors_named
from support_chat.desk.history import View
from support_chat.desk.lines import Author
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.sockets import DeskSocket, Ok
from support_chat.live.close_codes import CloseCode
from support_chat.live.frames import StaffHello
from support_chat.live.origins import has_origin
from support_chat.live.tasks import Tasks
from support_chat.settings.chat import LEASE_RENEWED, OPEN_CHATS

# Entries after which somebody may have no right any more to what they hear.
_TAKING: Final = ("left", "not_joined", "assigned", "returned_to_queue", "transferred", "closed")
_TAKES_AWAY: Final = tuple(f'"kind":"{kind}"' for kind in _TAKING)


def _takes_away(frame: str) -> bool:
    return frame.startswith('{"event":"entry_added"') and any(kind in frame for kind in _TAKES_AWAY)


class StaffSocket(DeskSocket):
    sockets_a_principal = 20

    staff: Staff
    arrived: Agent | None = None
    _badges: ClassVar[dict["StaffSocket", Badge]] = {}  # of the open sockets of this process
    _looking: ClassVar[Tasks] = Tasks()

    async def welcome(self, frame: StaffHello) -> Ok:
        await self._become(frame.token or self.bearer)
        await self.listen_now(topics_of(self.staff))
        await self.arrive()  # before the answer, which says how they stand
        return await db.read(welcome_words, self.staff)

    async def recognise(self) -> None:
        await self._become(self.bearer)

    def audible(self, topics: Sequence[str]) -> tuple[list[Conversation], set[str]]:
        chats = chats_named(topics)[:OPEN_CHATS]
        rows = conversations_for_staff(self.staff, chats, visitors_named(topics)[:OPEN_CHATS])
        theirs = {topic for row in rows for topic in (row.topic, *topics_beside(row), row.visitor.topic)}
        return rows, theirs | set(topics_of(self.staff)) | set(self._lists) | set(lists_of(self.staff))

    async def arrive(self) -> None:
        agent = self.staff.agent
        if agent is not None and self.stays:
            self.arrived = agent  # before they are: what fails from here on must not leave them here
            await db.run(agent_arrived, agent=agent)

    async def _become(self, token: str | None) -> None:
        self.staff, badge = await self._who(token)
        agent = self.staff.agent
        self._authors: dict[int, Author] = {}
        self._opened: set[str] = set()
        self._known: dict[str, Conversation] = {}  # for posts, whose owner the journal looks at itself
        queues = overseen_by(self.staff)
        self.view = View(visitor=False, me=agent.public_id if agent else "", oversees=frozenset(queues))
        own = (f"staff:{agent.public_id}",) if agent else ()
        self.ears = (*own, *map(overseers, queues), "staff")
        self.identify(self._principal)
        if self.stays:
            self._badges[self] = badge

    async def _who(self, token: str | None) -> tuple[Staff, Badge]:
        if token is not None:
            return await db.read(staff_by_token, token)
        if not has_origin(self.scope):
            raise UnknownToken
        try:
            return await db.read(staff_by_session, self.scope)
        except UnknownToken:
            self.close_with(CloseCode.NOT_SIGNED_IN)
            raise

    @property
    def _lists(self) -> list[str]:
        """Who is on the sites: heard by whoever looks at them."""
        return [site.visitors_topic for site in self.staff.sites]

    @property
    def _principal(self) -> str:
        return self.staff.agent.topic if self.staff.agent else f"user:{self.staff.user.pk}"

    def hear(self, frames: Sequence[str]) -> None:
        super().hear(frames)
        if any(_takes_away(frame) for frame in frames):
            self._looking.run_once("rights", self._look_at_rights())

    async def _look_at_rights(self) -> None:
        """Chats that they hear, and may not read any more, are not heard any more."""
        heard = chats_named(list(self.subscriptions))
        theirs = {row.public_id for row in await db.read(conversations_for_staff, self.staff, heard)}
        rows = {row.public_id: row for row in self.chats} | self._known
        for name in heard:
            if name not in theirs and name in rows:
                self._close_chat(rows[name])

    def _close_chat(self, row: Conversation) -> None:
        self._opened.discard(row.public_id)
        for topic in (row.topic, *topics_beside(row), row.visitor.topic):
            self.unlisten(topic)

    async def _do(self, action: Any, frame: Any, **more: Any) -> Ok:
        """Carry out an action on one chat, and say where its entry stands."""
        row = await self.row(frame.conversation)
        client_id = UUID(frame.client_id)
        position = await db.run(action, staff=self.staff, conversation=row.pk, client_id=client_id, **more)
        return {"position": position}

    async def row(self, public_id: str) -> Conversation:
        """Asked anew each time: what they may see changes with the chat's queue and owner."""
        row = await db.read(conversation_for_staff, self.staff, public_id)
        self._known[public_id] = row
        return row

    @classmethod
    async def look_at_badges(cls) -> None:
        """For ever: close the sockets of whoever is no longer let in, or is on the team otherwise by now."""
        while True:
            await asyncio.sleep(LOOKED_AT_EVERY)
            worn = dict(cls._badges)
            if not worn:
                continue
            gone, elsewhere = await db.read(ended, {*worn.values()}), await db.read(moved, {*worn.values()})
            for socket, badge in worn.items():
                if badge in gone:
                    socket.close_with(CloseCode.NOT_SIGNED_IN)
                elif badge in elsewhere:
                    socket.close_with(CloseCode.RESTARTING)

    @classmethod
    async def keep_presence(cls) -> None:
        """For ever: let the database know who is here, whatever it missed."""
        while True:
            await asyncio.sleep(LEASE_RENEWED)
            await db.run(settle_presence, here=cls._agents_here)

    @classmethod
    def _agents_here(cls) -> set[int]:
        return {socket.arrived.pk for socket in tuple(cls._badges) if socket.arrived is not None}

    async def left(self) -> None:
        self._badges.pop(self, None)
        agent = self.arrived
        if agent is not None and not self.registry.of(agent.topic):
            await db.run(agent_left, agent=agent)

    def _agent(self) -> Agent:
        """Whoever may read and holds no chats at all is refused as such, once the chat is theirs to see."""
        if self.staff.agent is None:
            raise NotAllowed
        return self.staff.agent

    async def _author(self, agent: Agent, row: Conversation) -> Author:
        if row.site_id not in self._authors:
            self._authors[row.site_id] = await db.read(author_for, agent, row.site)
        return self._authors[row.site_id]

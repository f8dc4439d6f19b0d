"""The team's socket: who they are, and what each of their commands does."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from msgspec import UNSET

from agents.arrival import staff_by_session, staff_by_token, topics_of, welcome_words
from agents.badges import LOOKED_AT_EVERY, Badge, ended
from support_chat.desk import db
from support_chat.desk.access import Staff, author_for, conversation_for_staff, conversations_for_staff
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import close_conversation, reopen_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.presence import agent_arrived, agent_left, set_status, settle_presence
from support_chat.desk.errors import NotAllowed, TooManyOpen, UnknownToken
from support_chat.desk.going_on import chats_named, topics_beside, visitors_named
from support_chat.desk.history import View, about, opened, resume
from support_chat.desk.lines import Author
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.sockets import DeskSocket, Ok
from support_chat.live.close_codes import CloseCode
from support_chat.live.frames import (
    AGENT_COMMANDS,
    AcceptConversation,
    AddNote,
    CloseConversation,
    Expect,
    LeaveConversation,
    MarkRead,
    OpenConversation,
    PostMessage,
    ReopenConversation,
    SetStatus,
    StaffHello,
    StaffTyping,
)
from support_chat.live.origins import has_origin
from support_chat.live.replies import Later
from support_chat.settings.chat import LEASE_RENEWED, OPEN_CHATS


class StaffConsumer(DeskSocket):
    commands = AGENT_COMMANDS
    sockets_a_principal = 20

    staff: Staff
    arrived: Agent | None = None
    _badges: ClassVar[dict["StaffConsumer", Badge]] = {}  # of the open sockets of this process

    async def welcome(self, frame: StaffHello) -> Ok:
        await self._become(frame.token or self.bearer)
        await self.listen_now(await db.read(topics_of, self.staff))
        await self.arrive()  # before the answer, which says how they stand
        return await db.read(welcome_words, self.staff)

    async def recognise(self) -> None:
        await self._become(self.bearer)

    def audible(self, topics: Sequence[str]) -> tuple[list[Conversation], set[str]]:
        chats = chats_named(topics)[:OPEN_CHATS]
        rows = conversations_for_staff(self.staff, chats, visitors_named(topics)[:OPEN_CHATS])
        theirs = {topic for row in rows for topic in (row.topic, *topics_beside(row), row.visitor.topic)}
        return rows, theirs | set(topics_of(self.staff))

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
        self.view = View(visitor=False, me=agent.public_id if agent else "")
        self.ears = (f"staff:{agent.public_id}", "staff") if agent else ("staff",)
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
    def _principal(self) -> str:
        return self.staff.agent.topic if self.staff.agent else f"user:{self.staff.user.pk}"

    async def set_status(self, frame: SetStatus) -> Ok:
        agent = await db.run(set_status, staff=self.staff, status=frame.status, until=frame.until)
        return {"status": agent.status}

    async def accept_conversation(self, frame: AcceptConversation) -> Ok:
        return await self._do(accept_conversation, frame)

    async def close_conversation(self, frame: CloseConversation) -> Ok:
        return await self._do(close_conversation, frame, expect=_expected(frame.expect))

    async def reopen_conversation(self, frame: ReopenConversation) -> Ok:
        return await self._do(reopen_conversation, frame, expect=_expected(frame.expect))

    async def add_note(self, frame: AddNote) -> Ok:
        return await self._do(add_note, frame, body=frame.body, trace=self.trace)

    async def _do(self, action: Any, frame: Any, **more: Any) -> Ok:
        row = await self.row(frame.conversation)
        client_id = UUID(frame.client_id)
        position = await db.run(action, staff=self.staff, conversation=row.pk, client_id=client_id, **more)
        return {"position": position}

    async def open_conversation(self, frame: OpenConversation) -> Ok:
        row = await self.row(frame.conversation)
        if len(self._opened | {row.public_id}) > OPEN_CHATS:
            raise TooManyOpen
        read = (
            partial(opened, row, self.view)
            if frame.after is None
            else partial(resume, row, self.view, after=frame.after, mark=frame.mark)
        )
        reading = await self.enter(row, [row.visitor.topic], read)
        self._opened.add(row.public_id)
        return {**reading.reply, "about": await db.read(about, row)}

    async def leave_conversation(self, frame: LeaveConversation) -> Ok:
        row = await self.row(frame.conversation)
        self._opened.discard(row.public_id)
        for topic in (row.topic, *topics_beside(row), row.visitor.topic):
            self.unlisten(topic)
        return {}

    async def post_message(self, frame: PostMessage) -> Later:
        row = self._known.get(frame.conversation) or await self.row(frame.conversation)
        agent = self._agent()
        posting = self.posting(row, frame, await self._author(agent, row), owner=agent.pk)
        return Later(self.journal.post(posting), self.posted)

    async def mark_read(self, frame: MarkRead) -> Ok | Later:
        """Only whose chat it is reads for the team: a colleague's look is nobody's business."""
        row = await self.row(frame.conversation)
        if self.staff.agent is None or await db.read(owner_of, row) != self.staff.agent.pk:
            return {}
        return await super().mark_read(frame)

    async def set_typing(self, frame: StaffTyping) -> Ok:
        row = await self.row(frame.conversation)
        author = await self._author(self._agent(), row)
        if frame.mode == "reply" and await db.read(owner_of, row) != self._agent().pk:
            raise NotAllowed
        self.tell_typing(row, author, typing=frame.typing, mode=frame.mode)
        return {}

    async def row(self, public_id: str) -> Conversation:
        """Asked anew each time: what they may see changes with the chat's queue and owner."""
        row = await db.read(conversation_for_staff, self.staff, public_id)
        self._known[public_id] = row
        return row

    @classmethod
    async def look_at_badges(cls) -> None:
        """For ever: close the sockets of whoever is no longer let in."""
        while True:
            await asyncio.sleep(LOOKED_AT_EVERY)
            worn = dict(cls._badges)
            gone = await db.read(ended, set(worn.values())) if worn else set()
            for socket, badge in worn.items():
                if badge in gone:
                    socket.close_with(CloseCode.NOT_SIGNED_IN)

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


def owner_of(row: Conversation) -> int | None:
    """Who has the chat now."""
    return Conversation.objects.values_list("owner", flat=True).get(pk=row.pk)


def _expected(expect: Expect | None) -> dict[str, Any] | None:
    """What the sender believes, as far as they said it."""
    if expect is None:
        return None
    said = {"state": expect.state, "owner": expect.owner}
    return {name: value for name, value in said.items() if value is not UNSET}

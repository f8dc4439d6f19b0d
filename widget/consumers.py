"""The visitor's socket: who they are, and what each of their commands does."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from support_chat.desk import db
from support_chat.desk.access import (
    author_of,
    conversation_for_visitor,
    conversations_for_visitor,
    visitor_by_bearer,
)
from support_chat.desk.actions.conversations import end_conversation, start_conversation
from support_chat.desk.actions.presence import visitor_arrived, visitor_left
from support_chat.desk.going_on import chats_named, topics_beside
from support_chat.desk.history import Reading, View, resume, snapshot
from support_chat.desk.lines import Author
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.places import Waiter
from support_chat.desk.sockets import DeskSocket, Ok
from support_chat.live.frames import (
    VISITOR_COMMANDS,
    EndConversation,
    PostMessage,
    Resume,
    StartConversation,
    VisitorHello,
    VisitorTyping,
)
from support_chat.live.replies import Later
from widget.arrival import arrive, page_of, welcome_words


class VisitorConsumer(DeskSocket):
    commands = VISITOR_COMMANDS

    visitor: Visitor
    author: Author
    waiter: Waiter | None = None

    async def welcome(self, frame: VisitorHello) -> Ok:
        arrival = await db.run(arrive, frame, self.bearer)
        self._become(arrival.visitor)
        row, chat, beside = arrival.chat, None, [arrival.site.topic, self.visitor.topic]
        if row is None:
            await self.listen_now(beside)
        else:
            chat = await self.enter(row, beside, partial(snapshot, row, self.view))
            await self._seen(page_of(frame), frame.locale or "")
        words = await db.read(welcome_words, arrival, chat)
        self._wait_in_line(row)
        return words

    async def recognise(self) -> None:
        self._become(await db.read(visitor_by_bearer, self.bearer))

    def audible(self, topics: Sequence[str]) -> tuple[list[Conversation], set[str]]:
        rows = conversations_for_visitor(self.visitor, chats_named(topics))
        theirs = {topic for row in rows for topic in (row.topic, *topics_beside(row))}
        return rows, theirs | {self.visitor.topic, self.visitor.site.topic}

    async def arrive(self) -> None:
        if self.chats:
            await self._seen(page="", locale="")
            self._wait_in_line(self.chats[-1])

    def _become(self, visitor: Visitor) -> None:
        self.visitor, self.author = visitor, author_of(visitor)
        self.view = View(visitor=True, me=visitor.public_id)
        self.ears = (f"visitor:{visitor.public_id}", "visitor")
        self._rows: dict[str, Conversation] = {}
        self.identify(visitor.topic)

    async def _seen(self, page: str, locale: str) -> None:
        await db.run(visitor_arrived, visitor=self.visitor, page=page, locale=locale, stays=self.stays)

    async def start_conversation(self, frame: StartConversation) -> Ok:
        self.listen(self.visitor.topic, self.ears)  # held: this window learns of the chat by the reply
        row, position, existing = await db.run(
            start_conversation,
            visitor=self.visitor,
            client_id=UUID(frame.client_id),
            body=frame.body,
            queue=frame.queue,
            trace=self.trace,
        )
        row = await self.row(row.public_id)
        reading = await self._enter(row, partial(snapshot, row, self.view))
        self._wait_in_line(row)
        reply = {"conversation": row.public_id, "position": position, "snapshot": reading.reply}
        return {**reply, "existing": True} if existing else reply

    async def post_message(self, frame: PostMessage) -> Later:
        row = await self.row(frame.conversation)
        posting = self.posting(row, frame, self.author, visitor=self.visitor.pk)
        return Later(self.journal.post(posting), self.posted)

    async def resume(self, frame: Resume) -> Ok:
        row = await self.row(frame.conversation)
        read = partial(resume, row, self.view, after=frame.after, mark=frame.mark)
        reading = await self._enter(row, read)
        self._wait_in_line(row)
        return reading.reply

    async def set_typing(self, frame: VisitorTyping) -> Ok:
        row = await self.row(frame.conversation)
        self.tell_typing(row, self.author, typing=frame.typing, mode="", preview=frame.preview or "")
        return {}

    async def end_conversation(self, frame: EndConversation) -> Ok:
        row = await self.row(frame.conversation)
        position = await db.run(
            end_conversation, visitor=self.visitor, conversation=row.pk, client_id=UUID(frame.client_id)
        )
        return {"position": position}

    async def row(self, public_id: str) -> Conversation:
        if public_id not in self._rows:
            self._rows[public_id] = await db.read(conversation_for_visitor, self.visitor, public_id)
        return self._rows[public_id]

    async def left(self) -> None:
        if self.waiter is not None:
            self.places.unwatch(self.waiter)
        if self.waiter is not None and not self.registry.of(self.visitor.topic):
            await db.run(visitor_left, visitor=self.visitor, lingered=self.lingered)

    async def _enter(self, row: Conversation, read: Callable[[], Reading]) -> Reading:
        """Hear this chat from now on; and of a chat that another window starts."""
        return await self.enter(row, [self.visitor.topic], read)

    def _wait_in_line(self, row: Conversation | None) -> None:
        """Tell its place whenever it waits. Last before the reply: nothing of it comes earlier."""
        if row is None or not self.stays:
            return
        if self.waiter is not None and self.waiter.conversation == row.pk:
            return
        if self.waiter is not None:
            self.places.unwatch(self.waiter)
        self.waiter = self.places.watch(row, self.hear)

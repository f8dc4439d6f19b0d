"""The visitor's socket: who they are, and what each of their commands does."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from support_chat.desk import db
from support_chat.desk.access import (
    author_of,
    conversation_for_visitor,
    conversations_for_visitor,
    newest_chats,
    visitor_by_bearer,
)
from support_chat.desk.actions.conversations import end_conversation, start_conversation
from support_chat.desk.actions.forgetting import forget_visitor, forgotten_lately
from support_chat.desk.actions.inviting import decline_invitation
from support_chat.desk.actions.keeping_place import keep_place
from support_chat.desk.actions.messages_left import NOTHING_LEFT, Form
from support_chat.desk.actions.rating import rate_conversation
from support_chat.desk.actions.resuming import renew_handle
from support_chat.desk.actions.transcripts import email_transcript, leave_email
from support_chat.desk.actions.visitor_sessions import sign_out
from support_chat.desk.actions.visitors import claim, note_phone
from support_chat.desk.actions.visits import Move
from support_chat.desk.events import ComeAgain, SignedOut, encoded
from support_chat.desk.going_on import chats_named, topics_beside
from support_chat.desk.history import View
from support_chat.desk.ids import fingerprint, principal
from support_chat.desk.lines import Author
from support_chat.desk.masking import masked
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.places import Waiter
from support_chat.desk.previews import previewing
from support_chat.desk.sockets import DeskSocket, Ok
from support_chat.desk.together import Together
from support_chat.live import frames
from support_chat.live.close_codes import CloseCode
from support_chat.live.frames import (
    VISITOR_COMMANDS,
    DeclineInvitation,
    EditMessage,
    EmailTranscript,
    EndConversation,
    Forget,
    KeepPlace,
    LeaveEmail,
    PostMessage,
    RateConversation,
    RenewHandle,
    Resume,
    RetractMessage,
    SetAttributes,
    SignOut,
    StartConversation,
    Visit,
    VisitorHello,
    VisitorTyping,
)
from support_chat.live.origins import header
from support_chat.live.replies import Later
from support_chat.settings.chat import FORGOTTEN_EVERY
from widget.arrival import arrive, on_phone, page_of, welcome_words
from widget.departures import Departures
from widget.devices import device_of
from widget.whereabouts import known_zone, moves, referrer_of

# What is told last, and the socket is closed by it.
ENDS: Final = {
    encoded(SignedOut()): CloseCode.NOT_SIGNED_IN,
    encoded(ComeAgain()): CloseCode.RESTARTING,
}


class VisitorConsumer(DeskSocket):
    commands = VISITOR_COMMANDS

    visitor: Visitor
    author: Author
    key: str  # the fingerprint of the secret that they came by
    waiter: Waiter | None = None
    came: bool = False  # it is written down that they are here
    device: str  # that they come on

    async def welcome(self, frame: VisitorHello) -> Ok:
        arrival = await arrive(frame, self.bearer, self.source)
        self._become(arrival.visitor, arrival.token or frame.token or self.bearer)
        if self.visitor.phone != (phone := on_phone(self.scope)):
            await db.run(note_phone, visitor=self.visitor, phone=phone)
        row, chat, beside = arrival.chat, None, [arrival.site.topic, self.visitor.topic, principal(self.key)]
        if row is None:
            await self.listen_now(beside)
        else:
            self._rows[row.public_id] = row
            chat = await self.enter(row, beside)
        await self._seen(page=page_of(frame), locale=frame.locale or "", keeps_trail=row is not None)
        words = await welcome_words(arrival, chat)
        self._wait_in_line(row)
        return words

    async def recognise(self) -> None:
        self._become(await db.read(visitor_by_bearer, self.bearer), self.bearer)

    def audible(self, topics: Sequence[str]) -> tuple[list[Conversation], set[str]]:
        rows = conversations_for_visitor(self.visitor, chats_named(topics))
        theirs = {topic for row in rows for topic in (row.topic, *topics_beside(row))}
        return rows, theirs | {self.visitor.topic, self.visitor.site.topic, principal(self.key)}

    async def arrive(self) -> None:
        await self._seen()
        if self.chats:
            self._wait_in_line(self.chats[-1])

    def hear(self, frames: Sequence[str]) -> None:
        super().hear(frames)
        for frame in frames:
            if (code := ENDS.get(frame)) is not None:
                self.close_with(code)

    def _become(self, visitor: Visitor, token: str | None) -> None:
        self.visitor, self.author = visitor, author_of(visitor)
        self.key, self.device = fingerprint(token or ""), device_of(header(self.scope, b"user-agent") or "")
        self.view = View(visitor=True, me=visitor.public_id)
        self.ears = (f"visitor:{visitor.public_id}", "visitor")
        self._rows: dict[str, Conversation] = {}
        self.identify(visitor.topic)

    async def _seen(self, **where: Any) -> None:
        """They are here; `where` is more of a Move."""
        self.came = self.stays
        move = Move(
            visitor=self.visitor.pk,
            here=True if self.stays else None,
            device=self.device,
            source=self.source,
            **where,
        )
        await moves.ask(move)

    async def start_conversation(self, frame: StartConversation) -> Ok:
        self.listen(self.visitor.topic, self.ears)  # held: this window learns of the chat by the reply
        row, position, existing = await db.run(
            start_conversation,
            visitor=self.visitor,
            client_id=UUID(frame.client_id),
            body=frame.body,
            attachments=frame.attachments,
            queue=frame.queue,
            form=_filled(frame.form),
            source=self.source,
            trace=self.trace,
        )
        row = await self.row(row.public_id)
        reading = await self.enter(row, [self.visitor.topic])
        self._wait_in_line(row)
        reply = {"conversation": row.public_id, "position": position, "snapshot": reading.told}
        return {**reply, "existing": True} if existing else reply

    async def post_message(self, frame: PostMessage) -> Later:
        row = await self.row(frame.conversation)
        posting = self.posting(row, frame, self.author, visitor=self.visitor.pk)
        return Later(self.journal.post(posting), self.posted)

    async def resume(self, frame: Resume) -> Ok:
        row = await self.row(frame.conversation)
        reading = await self.enter(row, [self.visitor.topic], after=frame.after, mark=frame.mark)
        self._wait_in_line(row)
        return reading.resumed

    async def set_typing(self, frame: VisitorTyping) -> Ok:
        row = await self.row(frame.conversation)
        typed = frame.preview or ""
        masks = await _previewing.ask(self.visitor) if typed else None
        preview = "" if masks is None else masked(typed, masks)
        self.tell_typing(row, self.author, typing=frame.typing, mode="", preview=preview)
        return {}

    async def end_conversation(self, frame: EndConversation) -> Ok:
        row = await self.row(frame.conversation)
        position = await db.run(
            end_conversation, visitor=self.visitor, conversation=row.pk, client_id=UUID(frame.client_id)
        )
        return {"position": position}

    async def keep_place(self, frame: KeepPlace) -> Ok:
        row = await self.row(frame.conversation)
        position = await db.run(
            keep_place,
            visitor=self.visitor,
            conversation=row.pk,
            client_id=UUID(frame.client_id),
            email=frame.email,
        )
        return {"position": position}

    async def set_attributes(self, frame: SetAttributes) -> Ok:
        await db.run(claim, visitor=self.visitor, attributes=frame.attributes)
        return {}

    async def renew_handle(self, frame: RenewHandle) -> Ok:
        return {
            "handle": await db.run(renew_handle, visitor=self.visitor, handle=frame.handle, sha256=self.key)
        }

    async def visit(self, frame: Visit) -> Ok:
        """Of who has never written only where they are now is kept, not their way."""
        page = page_of(frame)
        await self._seen(
            page=page,
            zone=known_zone(frame.zone),
            hidden=frame.hidden,
            referrer=referrer_of(frame.referrer or "", page, self.visitor.site.allowed_origins),
            keeps_trail=bool(self._rows or await db.read(newest_chats, [self.visitor])),
        )
        return {}

    async def decline_invitation(self, frame: DeclineInvitation) -> Ok:
        await db.run(decline_invitation, visitor=self.visitor, invitation=frame.invitation)
        return {}

    async def sign_out(self, frame: SignOut) -> Ok:
        await db.run(sign_out, visitor=self.visitor, sha256=self.key)
        return {}

    async def rate_conversation(self, frame: RateConversation) -> Ok:
        row = await self.row(frame.conversation)
        position = await db.run(
            rate_conversation,
            visitor=self.visitor,
            conversation=row.pk,
            client_id=UUID(frame.client_id),
            score=frame.score,
            comment=frame.comment,
        )
        return {"position": position}

    async def leave_email(self, frame: LeaveEmail) -> Ok:
        row = await self.row(frame.conversation)
        position = await db.run(
            leave_email,
            visitor=self.visitor,
            conversation=row.pk,
            client_id=UUID(frame.client_id),
            email=frame.email,
        )
        return {"position": position}

    async def email_transcript(self, frame: EmailTranscript) -> Ok:
        row = await self.row(frame.conversation)
        await db.run(
            email_transcript,
            visitor=self.visitor,
            conversation=row.pk,
            client_id=UUID(frame.client_id),
            source=self.source,
        )
        return {}

    async def edit_message(self, frame: EditMessage) -> Ok:
        return await self.revise(self.visitor, frame)

    async def retract_message(self, frame: RetractMessage) -> Ok:
        return await self.revise(self.visitor, frame)

    async def forget(self, frame: Forget) -> Ok:
        await db.run(forget_visitor, visitor=self.visitor)
        return {}

    @classmethod
    async def look_at_forgotten(cls) -> None:
        """For ever: close the sockets of who ended it all, wherever they did."""
        while True:
            await asyncio.sleep(FORGOTTEN_EVERY)
            for topic in await db.read(forgotten_lately):
                cls.registry.close(topic, CloseCode.NOT_SIGNED_IN)

    async def row(self, public_id: str) -> Conversation:
        if public_id not in self._rows:
            self._rows[public_id] = await db.read(conversation_for_visitor, self.visitor, public_id)
        return self._rows[public_id]

    async def left(self) -> None:
        waiter, self.waiter = self.waiter, None
        if waiter is not None:
            self.places.unwatch(waiter)
        if self.came and not self._is_here():
            _departures.later(self.visitor.pk, is_here=self._is_here, lingered=self.lingered)

    def _is_here(self) -> bool:
        return bool(self.registry.of(self.visitor.topic))

    def _wait_in_line(self, row: Conversation | None) -> None:
        """Tell its place whenever it waits. Last before the reply: nothing of it comes earlier."""
        if row is None or not self.stays:
            return
        if self.waiter is not None and self.waiter.conversation == row.pk:
            return
        if self.waiter is not None:
            self.places.unwatch(self.waiter)
        self.waiter = self.places.watch(row, self.hear)


def _filled(form: frames.Form | None) -> Form:
    if form is None:
        return NOTHING_LEFT
    return Form(email=form.email or "", name=form.name or "", here=form.here)


_previewing: Final = Together("reads", previewing)
_departures: Final = Departures()

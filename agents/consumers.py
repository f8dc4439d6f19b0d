"""The team's socket: who they are, and what each of their commands does."""

from typing import Any
from uuid import UUID

from msgspec import UNSET

from agents.company import Company
from agents.on_site import OnSite
from agents.order_commands import OrderCommands
from agents.replies.finding import find_replies
from support_chat.desk import db
from support_chat.desk.actions.answering import look_up
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import close_conversation, reopen_conversation
from support_chat.desk.actions.drafting import save_draft
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.notifying import notify_waiting
from support_chat.desk.actions.offering import decline_conversation
from support_chat.desk.actions.opening import pause, resume_chats, set_notice
from support_chat.desk.actions.picks import pick_reply
from support_chat.desk.actions.status import set_status
from support_chat.desk.actions.supervising import assign_conversation, move_to_front, set_priority
from support_chat.desk.drafts import drafts_in
from support_chat.desk.errors import NotAllowed, TooManyOpen
from support_chat.desk.history import about
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.oversight import calibrations_of, moves_of
from support_chat.desk.participants import is_guest
from support_chat.desk.search.finding import search
from support_chat.desk.sockets import Ok
from support_chat.desk.why import why_waiting
from support_chat.live.frames import (
    AGENT_COMMANDS,
    AcceptConversation,
    AddNote,
    AssignConversation,
    CloseConversation,
    DeclineConversation,
    EditMessage,
    Expect,
    LeaveConversation,
    LookUp,
    MarkRead,
    MoveToFront,
    OpenConversation,
    PostReply,
    ReopenConversation,
    RetractMessage,
    SetPriority,
    StaffTyping,
    TransferConversation,
)
from support_chat.live.refusals import BadField
from support_chat.live.replies import Later
from support_chat.live.team_frames import (
    Explain,
    FindReplies,
    NotifyWaiting,
    Oversee,
    Pause,
    PickReply,
    ResumeChats,
    SaveDraft,
    Search,
    SetNotice,
    SetStatus,
)
from support_chat.settings.chat import OPEN_CHATS


class StaffConsumer(OrderCommands, Company, OnSite):
    commands = AGENT_COMMANDS

    async def set_status(self, frame: SetStatus) -> Ok:
        agent = await db.run(
            set_status,
            staff=self.staff,
            status=frame.status,
            until=frame.until,
            chats=frame.chats,
            note=frame.note,
            cause=frame.cause,
        )
        return {"status": agent.status}

    async def accept_conversation(self, frame: AcceptConversation) -> Ok:
        return await self._do(accept_conversation, frame)

    async def decline_conversation(self, frame: DeclineConversation) -> Ok:
        return await self._do(decline_conversation, frame, reason=frame.reason or "")

    async def transfer_conversation(self, frame: TransferConversation) -> Ok:
        if (frame.to_agent is None) == (frame.to_queue is None):
            raise BadField("to_agent")
        to = {"to_agent": frame.to_agent, "to_queue": frame.to_queue, "note": frame.note}
        return await self._do(transfer_conversation, frame, expect=_expected(frame.expect), **to)

    async def assign_conversation(self, frame: AssignConversation) -> Ok:
        more = {"to_agent": frame.to_agent, "reason": frame.reason, "force": frame.force}
        return await self._do(assign_conversation, frame, **more)

    async def move_to_front(self, frame: MoveToFront) -> Ok:
        return await self._do(move_to_front, frame, reason=frame.reason)

    async def set_priority(self, frame: SetPriority) -> Ok:
        return await self._do(set_priority, frame, priority=frame.priority, reason=frame.reason)

    async def look_up(self, frame: LookUp) -> Ok:
        return await self._do(look_up, frame)

    async def notify_waiting(self, frame: NotifyWaiting) -> Ok:
        said = await db.run(
            notify_waiting,
            staff=self.staff,
            conversations=frame.conversations,
            client_id=UUID(frame.client_id),
            body=frame.body,
        )
        return {"chats": said}

    async def oversee(self, frame: Oversee) -> Ok:
        moves, waits = await db.read(moves_of, self.staff), await db.read(calibrations_of, self.staff)
        return {"moves": moves, "waits": waits}

    async def set_notice(self, frame: SetNotice) -> Ok:
        return await db.run(set_notice, staff=self.staff, site=frame.site, text=frame.text)

    async def pause(self, frame: Pause) -> Ok:
        return await db.run(pause, staff=self.staff, site=frame.site, text=frame.text, until=frame.until)

    async def resume_chats(self, frame: ResumeChats) -> Ok:
        return await db.run(resume_chats, staff=self.staff, site=frame.site)

    async def explain(self, frame: Explain) -> Ok:
        row = await self.row(frame.conversation)
        return {"why": await db.read(why_waiting, row)}

    async def find_replies(self, frame: FindReplies) -> Ok:
        row = await self.row(frame.conversation)
        return {**await db.read(find_replies, self.staff, row, frame.typed)}

    async def search(self, frame: Search) -> Ok:
        return await db.on_lane("reports", search, self.staff, frame.query, frame.after)

    async def pick_reply(self, frame: PickReply) -> Ok:
        row = await self.row(frame.conversation)
        await db.run(
            pick_reply,
            staff=self.staff,
            conversation=row.pk,
            reply=frame.reply,
            typed=frame.typed,
            position=frame.position,
            edited=frame.edited,
        )
        return {}

    async def save_draft(self, frame: SaveDraft) -> Ok:
        row = await self.row(frame.conversation)
        kept = await db.run(
            save_draft,
            agent=self._agent(),
            conversation=row,
            mode=frame.mode,
            text=frame.text,
            version=frame.version,
        )
        return {"version": kept.version, **({} if kept.later is None else {"text": kept.later})}

    async def close_conversation(self, frame: CloseConversation) -> Ok:
        return await self._do(close_conversation, frame, expect=_expected(frame.expect))

    async def reopen_conversation(self, frame: ReopenConversation) -> Ok:
        return await self._do(reopen_conversation, frame, expect=_expected(frame.expect))

    async def add_note(self, frame: AddNote) -> Ok:
        return await self._do(add_note, frame, body=frame.body, trace=self.trace)

    async def open_conversation(self, frame: OpenConversation) -> Ok:
        row = await self.row(frame.conversation)
        if len(self._opened | {row.public_id}) > OPEN_CHATS:
            raise TooManyOpen
        reading = await self.enter(row, [row.visitor.topic], after=frame.after, mark=frame.mark)
        self._opened.add(row.public_id)
        drafts = await db.read(drafts_in, row, self.staff.agent)
        return {**reading.resumed, "about": await db.read(about, self.staff, row), "drafts": drafts}

    async def leave_conversation(self, frame: LeaveConversation) -> Ok:
        self._close_chat(await self.row(frame.conversation))
        return {}

    async def post_message(self, frame: PostReply) -> Later:
        row = self._known.get(frame.conversation) or await self.row(frame.conversation)
        agent = self._agent()
        posting = self.posting(row, frame, await self._author(agent, row), owner=agent.pk, seen=frame.seen)
        return Later(self.journal.post(posting), self.posted)

    async def edit_message(self, frame: EditMessage) -> Ok:
        return await self.revise(self.staff, frame)

    async def retract_message(self, frame: RetractMessage) -> Ok:
        return await self.revise(self.staff, frame)

    async def mark_read(self, frame: MarkRead) -> Ok | Later:
        """Only whose chat it is reads for the team: a colleague's look is nobody's business."""
        row = await self.row(frame.conversation)
        if self.staff.agent is None or await db.read(owner_of, row) != self.staff.agent.pk:
            return {}
        return await super().mark_read(frame)

    async def set_typing(self, frame: StaffTyping) -> Ok:
        row = await self.row(frame.conversation)
        author = await self._author(self._agent(), row)
        if frame.mode == "reply" and not await db.read(writes_in, row, self._agent()):
            raise NotAllowed
        self.tell_typing(row, author, typing=frame.typing, mode=frame.mode)
        return {}


def owner_of(row: Conversation) -> int | None:
    """Who has the chat now."""
    return Conversation.objects.values_list("owner", flat=True).get(pk=row.pk)


def writes_in(row: Conversation, agent: Agent) -> bool:
    """Whether they have it now, or are a guest in it."""
    now = Conversation.objects.only("owner", "participants").get(pk=row.pk)
    return now.owner_id == agent.pk or is_guest(now, agent.public_id)


def _expected(expect: Expect | None) -> dict[str, Any] | None:
    """What the sender believes, as far as they said it."""
    if expect is None:
        return None
    said = {"state": expect.state, "owner": expect.owner}
    return {name: value for name, value in said.items() if value is not UNSET}

"""What several of the team do in one chat, over the console's socket."""

from collections.abc import Collection
from typing import Any

from agents.staff_socket import StaffSocket
from support_chat.desk import db
from support_chat.desk.access import permit
from support_chat.desk.actions.blocking import block_visitor
from support_chat.desk.actions.marking_spam import mark_spam
from support_chat.desk.actions.mentioning import see_mentions
from support_chat.desk.actions.messages import whisper
from support_chat.desk.actions.participating import (
    ask_to_join,
    call_help,
    end_participation,
    invite_agent,
    join_conversation,
)
from support_chat.desk.actions.sharing_drafts import share_draft
from support_chat.desk.actions.viewing import look_at
from support_chat.desk.blocks import others_hit
from support_chat.desk.inbox import lists_of
from support_chat.desk.models import Conversation
from support_chat.desk.shared_drafts import permit_reading_along, shares_drafts
from support_chat.desk.sockets import Ok
from support_chat.live.frames import (
    AskToJoin,
    BlockVisitor,
    CallHelp,
    EndParticipation,
    InviteAgent,
    JoinConversation,
    LookAt,
    MarkRead,
    MarkSpam,
    Whisper,
)
from support_chat.live.team_frames import Explain, ShareDraft


class Company(StaffSocket):
    _looks_at: Conversation | None = None
    _in_lists: Collection[str] = ()  # their topics, as it stood when it was last looked at

    async def left(self) -> None:
        self.look_away()
        await super().left()

    async def whisper(self, frame: Whisper) -> Ok:
        return await self._do(whisper, frame, body=frame.body, trace=self.trace)

    async def see_mentions(self, frame: MarkRead) -> Ok:
        row = await self.row(frame.conversation)
        await db.run(see_mentions, agent=self._agent(), conversation=row, position=frame.position)
        return {}

    async def look_at(self, frame: LookAt) -> Ok:
        row = None if frame.conversation is None else await self.row(frame.conversation)
        agent = self._agent()
        if row is not None and frame.reads is not None:
            await db.read(permit_reading_along, row, agent)
        shares = row is not None and await db.read(shares_drafts, agent)
        if row is None or self._looks_at is None or self._looks_at.pk != row.pk:
            self.look_away()
        if row is not None and (row.topic in self.subscriptions or not self.stays):
            self._looks_at, self._in_lists = row, await db.read(lists_of, row)
            look_at(
                row,
                agent,
                self._in_lists,
                viewing=True,
                asks=frame.asks,
                shares=shares,
                reads=frame.reads,
            )
        return {}

    def look_away(self) -> None:
        """From the chat that they looked at, or when they go."""
        row, self._looks_at = self._looks_at, None
        if row is not None:
            look_at(row, self._agent(), self._in_lists, viewing=False)

    async def share_draft(self, frame: ShareDraft) -> Ok:
        row, agent = await self.row(frame.conversation), self._agent()
        said: dict[str, Any] = {"mode": frame.mode, "text": frame.text, "readers": frame.readers}
        await db.read(share_draft, conversation=row, agent=agent, **said)
        return {}

    async def invite_agent(self, frame: InviteAgent) -> Ok:
        return await self._do(invite_agent, frame, agent=frame.agent)

    async def ask_to_join(self, frame: AskToJoin) -> Ok:
        return await self._do(ask_to_join, frame)

    async def join_conversation(self, frame: JoinConversation) -> Ok:
        return await self._do(join_conversation, frame)

    async def end_participation(self, frame: EndParticipation) -> Ok:
        return await self._do(end_participation, frame, agent=frame.agent)

    async def call_help(self, frame: CallHelp) -> Ok:
        return await self._do(call_help, frame, reason=frame.reason)

    async def mark_spam(self, frame: MarkSpam) -> Ok:
        return await self._do(mark_spam, frame, spam=frame.spam)

    async def block_visitor(self, frame: BlockVisitor) -> Ok:
        return await self._do(block_visitor, frame, by=frame.by, lasts=frame.lasts)

    async def weigh_block(self, frame: Explain) -> Ok:
        row = await self.row(frame.conversation)
        permit(self.staff, row, "block")
        return {"others": await db.read(others_hit, row)}

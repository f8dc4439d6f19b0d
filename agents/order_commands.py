"""The team's socket: how chats are kept in order. Tags, snoozing, views, filters, many at once,
visitors who are one person, what they asked before, and what the team notes of one."""

from typing import Any
from uuid import UUID

from agents.arrival import lists_of
from agents.staff_socket import StaffSocket
from support_chat.desk import db
from support_chat.desk.access import conversation_for_staff
from support_chat.desk.actions.filters import delete_filter, save_filter
from support_chat.desk.actions.many import change_conversations
from support_chat.desk.actions.merging import merge_visitors, unmerge_visitors
from support_chat.desk.actions.person_notes import set_person_note
from support_chat.desk.actions.snoozing import snooze_conversation, wake_conversation
from support_chat.desk.actions.tagging import tag_conversation
from support_chat.desk.database_time import database_now
from support_chat.desk.db import Lane
from support_chat.desk.earlier_chats import earlier_chats
from support_chat.desk.natural_times import moment_of
from support_chat.desk.sockets import Ok
from support_chat.desk.tags import tags_of
from support_chat.desk.views import filters_for, list_conversations, told
from support_chat.live.frames import SetPersonNote
from support_chat.live.order_frames import (
    ChangeConversations,
    DeleteFilter,
    ListConversations,
    ListEarlierChats,
    ListFilters,
    ListTags,
    MergeVisitors,
    ReadTime,
    SaveFilter,
    SnoozeConversation,
    TagConversation,
    UnmergeVisitors,
    WakeConversation,
    WatchLists,
)


class OrderCommands(StaffSocket):
    """Part of what a member of the team may say; consumers.py has the rest."""

    async def tag_conversation(self, frame: TagConversation) -> Ok:
        return await self._do(tag_conversation, frame, add=frame.add, remove=frame.remove)

    async def snooze_conversation(self, frame: SnoozeConversation) -> Ok:
        return await self._do(snooze_conversation, frame, when=frame.when, zone=frame.zone)

    async def wake_conversation(self, frame: WakeConversation) -> Ok:
        return await self._do(wake_conversation, frame)

    async def merge_visitors(self, frame: MergeVisitors) -> Ok:
        return await self._do(merge_visitors, frame, visitor=frame.visitor)

    async def unmerge_visitors(self, frame: UnmergeVisitors) -> Ok:
        return await self._do(unmerge_visitors, frame, visitor=frame.visitor)

    async def list_tags(self, frame: ListTags) -> Ok:
        return {"tags": await db.read(tags_of, self.staff.sites)}

    async def read_time(self, frame: ReadTime) -> Ok:
        moment = moment_of(frame.when, zone=frame.zone, now=await db.read(database_now))
        return {"at": moment and moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")}

    async def list_earlier_chats(self, frame: ListEarlierChats) -> Ok:
        row = await self.row(frame.conversation)
        chats, goes_on = await db.read(earlier_chats, self.staff, row, frame.after)
        return {"history": chats, "next": goes_on}

    async def list_conversations(self, frame: ListConversations) -> Ok:
        # Conditions of one's own may find little among much: those are on the lane for what takes long.
        lane: Lane = "reads" if frame.which.view else "reports"
        return await db.on_lane(
            lane,
            list_conversations,
            self.staff,
            frame.which,
            after=frame.after,
            until=frame.until,
            limit=frame.limit,
        )

    async def watch_lists(self, frame: WatchLists) -> Ok:
        topics = await db.read(lists_of, self.staff)
        await self.listen_now([topic for topic in topics if not self._hears(topic)])
        return {}

    async def leave_lists(self, frame: WatchLists) -> Ok:
        for topic in [topic for topic in self.subscriptions if topic.startswith("lists:")]:
            self.unlisten(topic)
        return {}

    async def list_filters(self, frame: ListFilters) -> Ok:
        return {"filters": await db.read(self._filters), "shares": self._shares()}

    def _filters(self) -> list[dict[str, Any]]:
        return [told(self.staff, saved) for saved in filters_for(self.staff)]

    def _shares(self) -> list[str]:
        return [site.public_key for site in self.staff.sites if site.pk in self.staff.supervised]

    async def save_filter(self, frame: SaveFilter) -> Ok:
        saved = await db.run(
            save_filter,
            staff=self.staff,
            client_id=UUID(frame.client_id),
            site=frame.site,
            name=frame.name,
            rules=frame.rules,
            shared=frame.shared,
            known=frame.filter,
        )
        return {"filter": told(self.staff, saved)}

    async def delete_filter(self, frame: DeleteFilter) -> Ok:
        await db.run(delete_filter, staff=self.staff, known=frame.filter)
        return {}

    async def change_conversations(self, frame: ChangeConversations) -> Ok:
        made = await db.run(
            change_conversations,
            staff=self.staff,
            client_id=UUID(frame.client_id),
            which=frame.which,
            deed=frame.deed,
            after=frame.after,
        )
        return {"done": made.done, "same": made.same, "refused": dict(made.refused), "next": made.next}

    async def set_person_note(self, frame: SetPersonNote) -> Ok:
        row = await db.read(conversation_for_staff, self.staff, frame.conversation)
        text, read = frame.text or "", frame.read
        await db.run(set_person_note, staff=self.staff, conversation=row, text=text, read=read)
        return {}

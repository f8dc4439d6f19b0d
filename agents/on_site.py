"""The team's socket: who is on the site without a chat, and inviting them."""

from agents.staff_socket import StaffSocket
from support_chat.desk import db
from support_chat.desk.actions.inviting import invite_visitor
from support_chat.desk.on_site import list_visitors
from support_chat.desk.sockets import Ok
from support_chat.live.team_frames import InviteVisitor, ListVisitors


class OnSite(StaffSocket):
    async def list_visitors(self, frame: ListVisitors) -> Ok:
        """Listened to first: whatever changes from then on is told."""
        await self.listen_now([topic for topic in self._lists if not self._hears(topic)])
        return await db.read(list_visitors, self.staff)

    async def leave_visitors(self, frame: ListVisitors) -> Ok:
        for topic in self._lists:
            self.unlisten(topic)
        return {}

    async def invite_visitor(self, frame: InviteVisitor) -> Ok:
        made = await db.run(invite_visitor, staff=self.staff, visitor=frame.visitor, text=frame.text)
        return {"invitation": made.public_id}

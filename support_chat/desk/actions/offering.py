"""An offered chat is not taken: declined or expired, it goes on, and keeps its place."""

from functools import partial
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.giving import lose, tell_agent
from support_chat.desk.actions.status import missed_one
from support_chat.desk.errors import NotAllowed
from support_chat.desk.expecting import changed
from support_chat.desk.inbox import lists_of, tell_lists
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation
from support_chat.desk.once import asked, earlier
from support_chat.desk.telling import Telling


def decline_conversation(*, staff: Staff, conversation: int, client_id: UUID, reason: str = "") -> int:
    """Let an offered chat go to the next one, or back to whoever hands it over. Returns the position."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        agent = lock_agents([staff.agent.pk])[staff.agent.pk]
        row, now = lock_conversation(conversation)
        author = author_for(agent, row.site)
        request = asked("decline_conversation", reason)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "read")
        if row.offered_to_id != agent.pk:
            raise changed(row)
        lists = lists_of(row)
        drafts = lose(telling, row, now=now, cause="declined", reason=reason, author=author)
        drafts[0].client_id, drafts[0].asked = client_id, request
        append(telling, drafts, now=now)
        tell_lists(telling, row, lists, now=now)
        tell_agent(telling, agent)
        telling.after(partial(assign_waiting, site=row.site_id))
    return row.position


def expire_offer(*, public_id: str) -> None:
    """The time to accept is over: the next agent is asked."""
    found = Conversation.objects.filter(public_id=public_id).values_list("pk", "offered_to").first()
    if found is None or found[1] is None:
        return
    with Telling() as telling:
        agent = lock_agents([found[1]])[found[1]]
        row, now = lock_conversation(found[0])
        if row.offered_to_id != agent.pk or row.offered_until is None or row.offered_until > now:
            return
        lists = lists_of(row)
        append(telling, lose(telling, row, now=now, cause="expired"), now=now)
        tell_lists(telling, row, lists, now=now)
        missed_one(telling, agent, now=now)
        telling.after(partial(assign_waiting, site=row.site_id))

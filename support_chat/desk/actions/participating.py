"""Colleagues beside whoever has a chat: let in by them, told to the visitor, and gone again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.errors import NotAllowed, NotFound, Unavailable
from support_chat.desk.expecting import changed
from support_chat.desk.inbox import lists_of, tell_lists
from support_chat.desk.lines import SYSTEM, Author, Draft
from support_chat.desk.locks import lock_conversation, lock_conversations
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.once import asked, earlier
from support_chat.desk.participants import ASKING, GUEST, beside_in, is_guest, named
from support_chat.desk.team import free_supervisors
from support_chat.desk.telling import Telling

Drafted = Callable[[Conversation, Author, datetime], Draft | None]


def invite_agent(*, staff: Staff, conversation: int, client_id: UUID, agent: str) -> int:
    """Ask a colleague of this site into one's chat; who asked for it already is in at once. Inviting who is
    in is done. Returns the position."""

    def drafted(row: Conversation, author: Author, now: datetime) -> Draft | None:
        colleague = _colleague(row, agent)
        if is_guest(row, agent):
            return None
        if row.participants.get(agent) == ASKING:
            by = {"id": author.id, "name": author.name}
            return _joins(row, author_for(colleague, row.site), by=by)
        return Draft(conversation=row, kind="invited", author=author, body={"agent": named(colleague)})

    return _do(staff, conversation, client_id, drafted, doing="invite", words=("invite_agent", agent))


def ask_to_join(*, staff: Staff, conversation: int, client_id: UUID) -> int:
    """Ask whoever has it to be let in. Who is beside them already has no need to. Returns the position."""

    def drafted(row: Conversation, author: Author, now: datetime) -> Draft | None:
        if author.id in row.participants:
            return None
        return Draft(conversation=row, kind="asked_to_join", author=author)

    return _do(staff, conversation, client_id, drafted, doing="ask", words=("ask_to_join",))


def join_conversation(*, staff: Staff, conversation: int, client_id: UUID) -> int:
    """Come in, where one was invited or called. Joining where one is in is done. Returns the position."""

    def drafted(row: Conversation, author: Author, now: datetime) -> Draft | None:
        if is_guest(row, author.id):
            return None
        permit(staff, row, "join")
        return _joins(row, author)

    return _do(staff, conversation, client_id, drafted, doing="read", words=("join_conversation",))


def end_participation(*, staff: Staff, conversation: int, client_id: UUID, agent: str) -> int:
    """A guest leaves, is sent away by whoever has the chat, or does not come in after all. Ending what is
    over is done. Returns the position."""

    def drafted(row: Conversation, author: Author, now: datetime) -> Draft | None:
        if agent != author.id:
            permit(staff, row, "invite")
        if agent not in row.participants:
            return None
        return _ends(row, Agent.objects.select_related("user").get(public_id=agent), author)

    return _do(staff, conversation, client_id, drafted, doing="read", words=("end_participation", agent))


def call_help(*, staff: Staff, conversation: int, client_id: UUID, reason: str | None = None) -> int:
    """Call every free supervisor of its queue into one's chat. Unavailable: there is none. Returns the
    position."""

    def drafted(row: Conversation, author: Author, now: datetime) -> Draft | None:
        free = free_supervisors(row.queue, now=now)
        called = [each for each in free if not is_guest(row, each.public_id) and each.pk != row.owner_id]
        if not called:
            raise Unavailable
        body: dict[str, Any] = {"agents": [named(each) for each in called]}
        return Draft(
            conversation=row,
            kind="called_help",
            author=author,
            body=body | ({"reason": reason} if reason else {}),
        )

    words = ("call_help", reason)
    return _do(staff, conversation, client_id, drafted, doing="invite", words=words)


def leave_everywhere(*, agent: Agent) -> None:
    """An agent who has gone is beside nobody any more."""
    beside = beside_in(agent)
    if not beside:
        return
    with Telling() as telling:
        rows, now = lock_conversations(beside)
        for row in rows.values():
            if now is not None and agent.public_id in row.participants:
                lists = lists_of(row)
                append(telling, [_ends(row, agent, SYSTEM)], now=now)
                tell_lists(telling, row, lists, now=now)


def _do(
    staff: Staff,
    conversation: int,
    client_id: UUID,
    drafted: Drafted,
    *,
    doing: str,
    words: tuple[str, str | None] | tuple[str],
) -> int:
    """One entry about who is beside the owner of an active chat; none where there is nothing to do."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = author_for(staff.agent, row.site), asked(*words)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "read")
        if row.state != Conversation.State.ACTIVE:
            raise changed(row)
        permit(staff, row, doing)
        lists, draft = lists_of(row), drafted(row, author, now)
        if draft is None:
            return row.position
        if draft.author.id == author.id:
            draft.client_id, draft.asked = client_id, request
        append(telling, [draft], now=now)
        tell_lists(telling, row, lists | lists_of(row), now=now)
    return row.position


def _colleague(row: Conversation, public_id: str) -> Agent:
    """Somebody of this site who is not the owner. NotFound."""
    people = Agent.objects.filter(user__is_active=True, user__memberships__site=row.site_id)
    found = people.filter(public_id=public_id).exclude(pk=row.owner_id or 0).select_related("user").first()
    if found is None:
        raise NotFound
    return found


def _joins(row: Conversation, author: Author, *, by: Mapping[str, str] | None = None) -> Draft:
    body = {"guest": True, **({"by": by} if by else {})}
    return Draft(conversation=row, kind="joined", author=author, body=body)


def _ends(row: Conversation, agent: Agent, by: Author) -> Draft:
    """Of a guest the visitor is told; of anybody else only the team. Who else does it is written."""
    if row.participants[agent.public_id] != GUEST:
        return Draft(conversation=row, kind="not_joined", author=by, body={"agent": named(agent)})
    body: dict[str, Any] = {"guest": True}
    body |= {"by": {"id": by.id, "name": by.name}} if by.id not in {"", agent.public_id} else {}
    return Draft(conversation=row, kind="left", author=author_for(agent, row.site), body=body)

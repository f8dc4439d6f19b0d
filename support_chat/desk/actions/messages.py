"""What is written outside the journal: a visitor's words that reopen a chat, the team's notes, and what a
supervisor whispers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.actions.arrival import reopened_draft, tell_arrival
from support_chat.desk.actions.inviting import answer_invitation
from support_chat.desk.actions.mentioning import mention
from support_chat.desk.actions.quiet import wake
from support_chat.desk.audiences import WHISPER
from support_chat.desk.blocks import unless_blocked
from support_chat.desk.errors import Closed, NotAllowed
from support_chat.desk.inbox import tell_lists, tell_rows
from support_chat.desk.lines import Author, Draft, Kept
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.mentions import named_in
from support_chat.desk.models import Agent, Conversation, Visitor
from support_chat.desk.once import asked, earlier
from support_chat.desk.posting import Posted, Posting
from support_chat.desk.telling import Telling
from support_chat.desk.thanks import is_bare_thanks
from support_chat.live.refusals import Busy
from support_chat.live.traces import Trace
from support_chat.settings.chat import REOPENS_FOR


def post_reopening(*, posting: Posting) -> Posted:
    """What a visitor writes to a closed or idle chat: it goes on, with its agent if they have room, else in
    front of its queue. A closed one is not reopened by a bare thank-you.

    Closed, when it was closed too long ago, or when another of theirs is open by now; Busy when somebody
    else has it by now.
    """
    owner = Conversation.objects.values_list("owner", flat=True).get(pk=posting.conversation)
    with Telling(posting.trace) as telling:
        agents = lock_agents([owner] if owner else [])
        Visitor.objects.select_for_update(no_key=True).get(pk=posting.visitor or 0)
        row, now = lock_conversation(posting.conversation)
        entry: Kept | None = earlier(
            row, posting.author, posting.client_id, asked("post_message", posting.body)
        )
        if entry is None and row.idle_at is not None and row.owner_id not in agents:
            raise Busy
        if entry is None:
            draft = message(row, posting.author, posting.client_id, posting.body)
            entry = go_on(telling, row, draft, now, agents.get(row.owner_id or 0))
    return Posted(position=entry.position, visible=entry.visible, at=entry.at)


def go_on(
    telling: Telling, row: Conversation, draft: Draft, now: datetime, agent: Agent | None = None
) -> Kept:
    """Write a visitor's message into their chat, as it stands by now. `agent` has it, and is held."""
    unless_blocked(row.visitor, now)
    if row.idle_at is not None and agent is not None:
        return wake(telling, row, draft, agent, now=now)
    if row.state != "closed":
        entry = append(telling, [draft], now=now)[0]
        tell_rows(telling, [row], now=now)
        return entry
    if not reopens(row, now) or row.visitor.conversations.exclude(state="closed").exists():
        raise Closed
    if is_bare_thanks(draft.body["text"]) and not draft.body.get("files"):
        return _log_thanks(telling, row, draft, now)
    reopened = reopened_draft(row, draft.author, now)
    reopened.body = {**reopened.body, **answer_invitation(telling, row.visitor, row, now)}
    entry = append(telling, [reopened, draft], now=now)[-1]
    tell_arrival(telling, row, now)
    return entry


def _log_thanks(telling: Telling, row: Conversation, draft: Draft, now: datetime) -> Kept:
    """It stays closed, and nobody is rung: who had it finds it unread among what they closed."""
    entry = append(telling, [draft], now=now)[0]
    if row.last_owner is not None:
        tell_lists(telling, row, [row.last_owner.topic], now=now)
    return entry


def reopens(conversation: Conversation, now: datetime) -> bool:
    """Whether writing goes on with this closed chat."""
    closed_at = conversation.closed_at
    return closed_at is not None and now - closed_at < timedelta(seconds=REOPENS_FOR)


def message(
    conversation: Conversation,
    author: Author,
    client_id: UUID | None,
    body: str,
    request: str = "",
    *,
    files: Sequence[Mapping[str, Any]] = (),
) -> Draft:
    """The draft of what somebody says; `files` are the facts of those that come with it."""
    request = request or asked("post_message", body)
    return Draft(
        conversation=conversation,
        kind="message",
        author=author,
        body={"text": body, "files": files} if files else {"text": body},
        client_id=client_id,
        asked=request,
    )


def add_note(
    *, staff: Staff, conversation: int, client_id: UUID, body: str, trace: Trace | None = None
) -> int:
    """A note that only staff see; whom it names, of those who may read the chat, are told. Returns its
    position."""
    return _write(staff, conversation, client_id, body, kind="note", trace=trace)


def whisper(
    *, staff: Staff, conversation: int, client_id: UUID, body: str, trace: Trace | None = None
) -> int:
    """A supervisor's word to whoever has the chat, who is told at once: they, its author and whoever oversees
    the queue read it. Returns its position."""
    return _write(staff, conversation, client_id, body, kind=WHISPER, trace=trace)


def _write(
    staff: Staff, conversation: int, client_id: UUID, body: str, *, kind: str, trace: Trace | None
) -> int:
    if staff.agent is None:
        raise NotAllowed
    with Telling(trace) as telling:
        row, now = lock_conversation(conversation)
        author = author_for(staff.agent, row.site)
        request = asked("add_note" if kind == "note" else kind, body)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, kind)
        told = [each for each in _told(row, body, kind) if each.pk != staff.agent.pk]
        draft = Draft(conversation=row, kind=kind, author=author, body={"text": body, **_to(kind, told)})
        draft.client_id, draft.asked = client_id, request
        entry = append(telling, [draft], now=now)[0]
        mention(telling, told, entry)
        tell_rows(telling, [row], now=now)
    return entry.position


def _to(kind: str, told: Sequence[Agent]) -> Mapping[str, Any]:
    """What the entry says of those who are told."""
    if not told:
        return {}
    if kind == WHISPER:
        return {"to": {"id": told[0].public_id, "name": told[0].user.name}}
    return {"mentions": [each.public_id for each in told]}


def _told(row: Conversation, body: str, kind: str) -> Sequence[Agent]:
    if kind == WHISPER:
        return [row.owner] if row.owner is not None else []
    return named_in(row, body)

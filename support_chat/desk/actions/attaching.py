"""Messages with files: the files that they name are theirs from then on, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from support_chat.desk.actions.messages import go_on, message
from support_chat.desk.crossing import unless_crossed
from support_chat.desk.errors import Closed, NotAllowed, NotFound
from support_chat.desk.inbox import tell_rows
from support_chat.desk.lines import Author, Draft, Kept
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Attachment, Conversation, Entry, Visitor
from support_chat.desk.once import asked, earlier
from support_chat.desk.participants import is_guest
from support_chat.desk.posting import Posted, Posting
from support_chat.desk.telling import Telling
from support_chat.live.refusals import Busy


@dataclass(frozen=True, slots=True)
class Claimed:
    """Files whose rows this transaction holds, in the order in which they are shown."""

    rows: Sequence[Attachment] = ()

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What an entry says of them."""
        return [row.facts for row in self.rows]

    def attach_to(self, entry: Kept) -> None:
        """They belong to this entry, which has just been written."""
        if not self.rows:
            return
        written = Entry.objects.get(conversation=entry.conversation_id, position=entry.position)
        for row in self.rows:
            row.conversation, row.entry = written.conversation, written
            row.save(update_fields=["conversation", "entry"])


NO_FILES: Final = Claimed()


def claim(ids: Sequence[str], author: Author, site: int, conversation: int | None = None) -> Claimed:
    """Hold the files of these ids, after conversations. NotFound unless this author uploaded each of them
    for this site, and for no other chat; it is checked, and belongs to no message yet."""
    if not ids:
        return NO_FILES
    own = Attachment.objects.filter(site=site, uploader_role=author.role, uploader_id=author.id)
    free = own.filter(public_id__in=ids, entry=None, state=Attachment.State.READY).order_by("pk")
    found = {row.public_id: row for row in free.select_for_update(no_key=True, of=("self",))}
    rows = [found[each] for each in ids if each in found]
    if len(rows) < len(ids) or len(found) < len(ids):
        raise NotFound
    if any(row.conversation_id not in (None, conversation) for row in rows):
        raise NotFound
    return Claimed(rows)


def post_with_files(*, posting: Posting) -> Posted:
    """A message that brings files, into a chat in any state in which its author may write there."""
    owner = Conversation.objects.values_list("owner", flat=True).filter(pk=posting.conversation).first()
    with Telling(posting.trace) as telling:
        agents = lock_agents([owner] if owner else [])
        if posting.visitor is not None:
            Visitor.objects.select_for_update(no_key=True).get(pk=posting.visitor)
        row, now = lock_conversation(posting.conversation)
        request = asked("post_message", posting.body, *posting.attachments)
        entry: Kept | None = earlier(row, posting.author, posting.client_id, request)
        if entry is None:
            claimed = claim(posting.attachments, posting.author, row.site_id, row.pk)
            draft = message(
                row, posting.author, posting.client_id, posting.body, request, files=claimed.facts
            )
            entry = _write(telling, posting, draft, agents, now)
            claimed.attach_to(entry)
    return Posted(position=entry.position, visible=entry.visible, at=entry.at)


def _write(telling: Telling, posting: Posting, draft: Draft, agents: dict[int, Agent], now: datetime) -> Kept:
    row = draft.conversation
    if posting.visitor is not None:
        if row.visitor_id != posting.visitor:
            raise NotFound
        if row.idle_at is not None and row.owner_id not in agents:
            raise Busy
        return go_on(telling, row, draft, now, agents.get(row.owner_id or 0))
    if row.state == "closed":
        raise Closed
    if row.owner_id != posting.owner and not is_guest(row, posting.author.id):
        raise NotAllowed
    unless_crossed(row, posting.author, posting.seen)
    entry = append(telling, [draft], now=now)[0]
    tell_rows(telling, [row], now=now)
    return entry

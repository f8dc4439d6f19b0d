"""What was, as each side may read it: pages of the log, and what stands beside a chat."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import QuerySet

from support_chat.desk.access import Staff
from support_chat.desk.audiences import (
    WHISPER,
    hearers,
    hushed,
    public_agent,
    staff_form,
    told_to_author,
    visitor_form,
)
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.earlier_chats import earlier_chats
from support_chat.desk.inbox import reply_to
from support_chat.desk.letters.envelope import mail_works
from support_chat.desk.line import rows_waiting_in
from support_chat.desk.models import Conversation, Entry, Reader
from support_chat.desk.same_person import people_told
from support_chat.desk.who import whereabouts, who
from support_chat.settings.chat import PAGE_BYTES, UNSEEN_AFTER

Form = dict[str, Any]
_json = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Who looks: `me` is their author id, so that they are told their own client_ids; of the team, the keys
    of the queues that they oversee."""

    visitor: bool
    me: str
    oversees: frozenset[int] = frozenset()

    def form(self, conversation: Conversation, entry: Entry) -> Form:
        told = entry.author_id == self.me and (entry.author_role == "visitor") == self.visitor
        body = body_of(entry)
        if entry.kind == WHISPER and not self._hears(conversation, entry, body):
            body = hushed(body)
        form = visitor_form(conversation, entry, body) if self.visitor else staff_form(entry, body)
        return told_to_author(entry, form) if told else form

    def _hears(self, conversation: Conversation, entry: Entry, body: Form) -> bool:
        return conversation.queue_id in self.oversees or self.me in hearers(entry, body)


def page(conversation: Conversation, view: View, *, before: int, limit: int) -> Form:
    """Up to `limit` entries before a position, in order."""
    count = "visible" if view.visitor else "position"
    rows = _shown(conversation, view).filter(**{f"{count}__lt": before}).order_by("-position")
    found = list(rows.select_related("body")[: limit + 1])
    forms = fitting(view.form(conversation, entry) for entry in found[:limit])
    return {"entries": forms[::-1], "earlier": len(found) > len(forms)}


def places_of(chats: Iterable[Conversation]) -> dict[int, Form]:
    """By key, the places in the queues in which these wait: 1 + the earlier chats, by the one order."""
    found: dict[int, Form] = {}
    for queue in {chat.queue_id for chat in chats if chat.state == "queued"}:
        line = list(rows_waiting_in(queue).order_by("sort_key", "pk").values_list("pk", flat=True))
        found |= {pk: {"place": n, "of": len(line), "wait": None} for n, pk in enumerate(line, start=1)}
    return found


def read_by(conversation: Conversation, role: str) -> Reader:
    return Reader.objects.filter(conversation=conversation, role=role).first() or Reader(
        conversation=conversation, role=role
    )


def about(staff: Staff, conversation: Conversation) -> Form:
    """What stands beside an open chat in the console of this member of staff."""
    conversation = _fresh(conversation)
    visitor, owner, now = conversation.visitor, conversation.owner, database_now()
    earlier, goes_on = earlier_chats(staff, conversation)
    return {
        "visitor": {
            "id": visitor.public_id,
            **who(visitor),
            "here": visitor.here,
            "since": round(max(0.0, (now - visitor.seen_at).total_seconds()), 1),
            "page": visitor.page or None,
            **whereabouts(visitor),
            "locale": visitor.locale,
            "site": conversation.site.name,
        },
        "queue": {"id": conversation.queue.public_id, "name": conversation.queue.name},
        "agent": {"id": owner.public_id, "name": owner.user.name} if owner else None,
        "state": conversation.state,
        "participants": conversation.participants,
        "spam": conversation.spam,
        "reply_to": reply_to(conversation),
        "rating": conversation.rating,
        "tags": conversation.tags,
        "mails_after": UNSEEN_AFTER if conversation.reply_to and mail_works(conversation.site) else None,
        "read": read_by(conversation, "visitor").position,
        **people_told(visitor, now),
        "history": earlier,
        "history_next": goes_on,
    }


def _fresh(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_related("owner__user", "queue", "visitor", "site")
    return rows.get(pk=conversation.pk)


def _shown(conversation: Conversation, view: View) -> QuerySet[Entry]:
    rows = Entry.objects.filter(conversation=conversation)
    return rows.filter(shown=True) if view.visitor else rows


def owner_as_seen(conversation: Conversation, view: View, known: Iterable[Entry] = ()) -> Form | None:
    """Who has the chat, in the words that this side knows them by; None when nobody has. `known` are entries
    that are read already, the newest first: mostly the one that says so is among them."""
    owner = conversation.owner
    if owner is None:
        return None
    if not view.visitor:
        return {"id": owner.public_id, "name": owner.user.name}
    assigned = next((entry for entry in known if entry.kind == "assigned"), None) or (
        conversation.entries.filter(kind="assigned").select_related("body").order_by("-position").first()
    )
    return public_agent(conversation, body_of(assigned)["agent"]) if assigned else None


def fitting(forms: Iterable[Form]) -> list[Form]:
    """As many of them, from the first on, as one reply carries; always one."""
    size = 0
    found: list[Form] = []
    for form in forms:
        size += len(_json.encode(form))
        if size > PAGE_BYTES and found:
            break
        found.append(form)
    return found

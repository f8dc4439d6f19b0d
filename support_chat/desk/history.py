"""What was: snapshots, catch-up and pages, as each side may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from django.db.models import Count, Q, QuerySet

from support_chat.desk.audiences import public_agent, staff_form, told_to_author, visitor_form
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.models import Conversation, Entry, Reader
from support_chat.desk.routing import Waiting
from support_chat.settings.chat import PAGE_BYTES, REOPENS_FOR, SNAPSHOT_ENTRIES

Form = dict[str, Any]
_json = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Who looks: `me` is their author id, so that they are told their own client_ids."""

    visitor: bool
    me: str

    def form(self, conversation: Conversation, entry: Entry) -> Form:
        told = entry.author_id == self.me and (entry.author_role == "visitor") == self.visitor
        body = body_of(entry)
        form = visitor_form(conversation, entry, body) if self.visitor else staff_form(entry, body)
        return told_to_author(entry, form) if told else form


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An answer about one conversation, and where its log stood when it was read."""

    reply: Form
    position: int
    visible: int


def snapshot(conversation: Conversation, view: View) -> Reading:
    """The newest entries and how the chat stands, read at one moment of its log."""
    conversation = _fresh(conversation)
    rows = _shown(conversation, view).filter(position__lte=conversation.position).order_by("-position")
    newest = list(rows.select_related("body")[: SNAPSHOT_ENTRIES + 1])
    forms = _fitting([view.form(conversation, entry) for entry in newest[:SNAPSHOT_ENTRIES]])
    reply: Form = {
        "id": conversation.public_id,
        "state": conversation.state,
        "agent": owner_as_seen(conversation, view, newest),
        "position": conversation.visible if view.visitor else conversation.position,
        "mark": conversation.visible_mark if view.visitor else conversation.mark,
        "entries": forms[::-1],
        "earlier": len(newest) > len(forms),
    }
    if view.visitor:
        reply |= {"read": read_by(conversation, "agent").visible, "place": place_of(conversation)}
    return Reading(reply=reply, position=conversation.position, visible=conversation.visible)


def opened(conversation: Conversation, view: View) -> Reading:
    """A snapshot, in the words of an answer to who knew nothing."""
    read = snapshot(conversation, view)
    return Reading(
        reply={"snapshot": read.reply, "recovered": False}, position=read.position, visible=read.visible
    )


def resume(conversation: Conversation, view: View, *, after: int, mark: str | None) -> Reading:
    """What came after, if the log still is the one that `mark` was read from; else a snapshot."""
    conversation = _fresh(conversation)
    found = _since(conversation, view, after, mark)
    if found is None:
        return opened(conversation, view)
    forms = _fitting([view.form(conversation, entry) for entry in found[:SNAPSHOT_ENTRIES]])
    more = len(forms) < len(found)
    reply: Form = {"entries": forms, "more": more, "recovered": True}
    if view.visitor:
        reply["read"] = read_by(conversation, "agent").visible
    last = found[len(forms) - 1] if more else None
    position = last.position if last else conversation.position
    return Reading(reply=reply, position=position, visible=last.visible if last else conversation.visible)


def page(conversation: Conversation, view: View, *, before: int, limit: int) -> Form:
    """Up to `limit` entries before a position, in order."""
    count = "visible" if view.visitor else "position"
    rows = _shown(conversation, view).filter(**{f"{count}__lt": before}).order_by("-position")
    found = list(rows.select_related("body")[: limit + 1])
    forms = _fitting([view.form(conversation, entry) for entry in found[:limit]])
    return {"entries": forms[::-1], "earlier": len(found) > len(forms)}


def closed_chat(conversation: Conversation, read: Reading) -> Form:
    """A visitor's newest chat, closed by now; `reopens_in` says for how long writing goes on with it."""
    closed_at = Conversation.objects.values_list("closed_at", flat=True).get(pk=conversation.pk)
    until = (closed_at or conversation.last_at) + timedelta(seconds=REOPENS_FOR)
    left = (until - database_now()).total_seconds()
    return {**read.reply, "reopens_in": round(left, 1) if left > 0 else None}


def place_of(conversation: Conversation) -> Form | None:
    """The visitor's place: 1 + the earlier chats of the queue, by the one order."""
    if conversation.state != "queued":
        return None
    waiting = Conversation.objects.filter(queue=conversation.queue_id, state="queued")
    earlier = Q(sort_key__lt=conversation.sort_key) | Q(
        sort_key=conversation.sort_key, pk__lt=conversation.pk
    )
    counted = waiting.aggregate(earlier=Count("pk", filter=earlier), of=Count("pk"))
    return {"place": counted["earlier"] + 1, "of": max(counted["of"], counted["earlier"] + 1), "wait": None}


def waiting_in(queue: int) -> list[Waiting]:
    rows = Conversation.objects.filter(queue=queue, state="queued")
    return [Waiting(id=pk, queue=queue, sort_key=key or 0) for pk, key in rows.values_list("pk", "sort_key")]


def read_by(conversation: Conversation, role: str) -> Reader:
    return Reader.objects.filter(conversation=conversation, role=role).first() or Reader(
        conversation=conversation, role=role
    )


def about(conversation: Conversation) -> Form:
    """What stands beside an open chat in the console."""
    conversation = _fresh(conversation)
    visitor, owner, now = conversation.visitor, conversation.owner, database_now()
    return {
        "visitor": {
            "id": visitor.public_id,
            "name": visitor.name,
            "here": visitor.here,
            "since": round(max(0.0, (now - visitor.seen_at).total_seconds()), 1),
            "page": visitor.page or None,
            "locale": visitor.locale,
            "site": conversation.site.name,
        },
        "queue": {"id": conversation.queue.public_id, "name": conversation.queue.name},
        "agent": {"id": owner.public_id, "name": owner.user.name} if owner else None,
        "state": conversation.state,
        "read": read_by(conversation, "visitor").position,
        "history": [_earlier_chat(each) for each in _earlier_chats(conversation)],
    }


def _earlier_chats(conversation: Conversation) -> QuerySet[Conversation]:
    rows = Conversation.objects.filter(visitor=conversation.visitor_id, state="closed")
    return rows.exclude(pk=conversation.pk).select_related("last_owner__user").order_by("-opened_at")[:20]


def _earlier_chat(conversation: Conversation) -> Form:
    said = conversation.entries.filter(kind="message", author_role="visitor").select_related("body")
    first = said.order_by("position").first()
    return {
        "id": conversation.public_id,
        "opened_at": conversation.opened_at.isoformat(timespec="seconds"),
        "closed_at": conversation.closed_at.isoformat(timespec="seconds") if conversation.closed_at else None,
        "agent": conversation.last_owner.user.name if conversation.last_owner else None,
        "topic": body_of(first).get("text", "")[:80] if first else "",
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


def _since(conversation: Conversation, view: View, after: int, mark: str | None) -> list[Entry] | None:
    """What came after, at most one more than a reply may hold; None when the log is not the one of `mark`."""
    count = "visible" if view.visitor else "position"
    head = getattr(conversation, count)
    if after > head:
        return None
    known = int(mark is not None and after > 0)  # one more in front: the entry of the mark, to know it by
    within = {f"{count}__gt": after - known, f"{count}__lte": head}
    rows = _shown(conversation, view).filter(**within).order_by("position").select_related("body")
    found = list(rows[: SNAPSHOT_ENTRIES + 1 + known])
    if known and (not found or (getattr(found[0], count), found[0].mark) != (after, mark)):
        return None
    return found[known:]


def _fitting(forms: list[Form]) -> list[Form]:
    """As many of them, from the first on, as one reply carries; always one."""
    size = 0
    for index, form in enumerate(forms):
        size += len(_json.encode(form))
        if size > PAGE_BYTES and index > 0:
            return forms[:index]
    return forms

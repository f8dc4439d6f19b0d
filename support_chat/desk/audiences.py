"""Who sees and hears what: one fixed table, and the news made by it."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.templatetags.static import static

from support_chat.desk.events import ConversationChanged, EntryAdded, Event, encoded
from support_chat.desk.models import Conversation, Entry
from support_chat.live.news import News
from support_chat.live.traces import Trace

Body = Mapping[str, Any]
Author = Mapping[str, str]


def _whole(conversation: Conversation, body: Body) -> Body:
    return body


def _nothing(conversation: Conversation, body: Body) -> Body:
    return {}


def _face(conversation: Conversation, body: Body) -> Body:
    return {"agent": public_agent(conversation, body["agent"])}


# kind → what of its body the visitor sees. A kind that is not here is for staff alone.
SHOWN: Final[dict[str, Callable[[Conversation, Body], Body]]] = {
    "opened": _nothing,
    "message": _whole,
    "joined": _nothing,
    "left": _nothing,
    "assigned": _face,
    "returned_to_queue": _nothing,
    "closed": _nothing,
    "reopened": _nothing,
    "rated": _whole,
}
STAFF_ONLY: Final = frozenset({"note"})
KINDS: Final = frozenset(SHOWN) | STAFF_ONLY

# kind → the state a chat is in after it, for those that change it.
STATES: Final = {
    "opened": "queued",
    "assigned": "active",
    "returned_to_queue": "queued",
    "closed": "closed",
    "reopened": "queued",
}


def staff_form(entry: Entry, body: Body, *, told: bool = False) -> dict[str, Any]:
    """The entry as staff read it; with its client_id when `told` to its author."""
    author = {"role": entry.author_role, "name": entry.author_name, "id": entry.author_id}
    return _form(entry, entry.position, author, body, told)


def visitor_form(
    conversation: Conversation, entry: Entry, body: Body, *, told: bool = False
) -> dict[str, Any]:
    """The entry as its visitor reads it: counted for them, public names, pseudonyms for ids."""
    author = {
        "role": entry.author_role,
        "name": entry.public_name,
        "id": pseudonym(conversation, entry.author_id),
    }
    return _form(entry, entry.visible, author, SHOWN[entry.kind](conversation, body), told)


def _form(entry: Entry, position: int, author: Author, body: Body, told: bool) -> dict[str, Any]:
    form: dict[str, Any] = {
        "position": position,
        "mark": entry.mark,
        "kind": entry.kind,
        "author": author,
        "at": entry.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "body": body,
    }
    if told and entry.client_id is not None:
        form["client_id"] = str(entry.client_id)
    return form


def public_agent(conversation: Conversation, agent: Mapping[str, Any]) -> dict[str, Any]:
    """What the visitor of this chat knows of an agent, from the log's own words about them."""
    picture = agent.get("picture")
    return {
        "id": pseudonym(conversation, agent["id"]),
        "name": agent["public_name"],
        "picture": static(picture) if picture else None,
    }


def staff_agent(agent: Mapping[str, Any]) -> dict[str, Any]:
    """What staff read of an agent in the log."""
    return {"id": agent["id"], "name": agent["name"]}


def pseudonym(conversation: Conversation, author_id: str) -> str:
    """The name of an author in this chat alone; the same person has another in the next."""
    if not author_id:
        return ""
    digest = hashlib.blake2b(author_id.encode(), key=bytes(conversation.salt), digest_size=16).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def entry_news(conversation: Conversation, entry: Entry, body: Body, *, trace: Trace | None = None) -> News:
    """What every ear hears of one entry, ready to be sent."""
    frames: dict[str, tuple[str, ...]] = {}
    _tell(frames, "staff", entry, lambda told: _for_staff(conversation, entry, body, told))
    if entry.shown:
        _tell(frames, "visitor", entry, lambda told: _for_visitor(conversation, entry, body, told))
    return News(
        topic=conversation.topic, version=entry.position, visible=entry.visible, frames=frames, trace=trace
    )


def _tell(
    frames: dict[str, tuple[str, ...]], ear: str, entry: Entry, events: Callable[[bool], tuple[Event, ...]]
) -> None:
    frames[ear] = tuple(map(encoded, events(False)))
    if entry.client_id is not None and (entry.author_role == "visitor") == (ear == "visitor"):
        frames[f"{ear}:{entry.author_id}"] = tuple(map(encoded, events(True)))


def _for_staff(conversation: Conversation, entry: Entry, body: Body, told: bool) -> tuple[Event, ...]:
    added = EntryAdded(conversation=conversation.public_id, entry=staff_form(entry, body, told=told))
    if entry.kind not in STATES:
        return (added,)
    agent = staff_agent(body["agent"]) if entry.kind == "assigned" else None
    return (added, _changed(conversation, entry.kind, agent, entry.position))


def _for_visitor(conversation: Conversation, entry: Entry, body: Body, told: bool) -> tuple[Event, ...]:
    form = visitor_form(conversation, entry, body, told=told)
    added = EntryAdded(conversation=conversation.public_id, entry=form)
    if entry.kind not in STATES:
        return (added,)
    return (added, _changed(conversation, entry.kind, form["body"].get("agent"), entry.visible))


def chat_exists(conversation: Conversation) -> ConversationChanged:
    """Tells a visitor's other windows of a chat that one of them has started."""
    return ConversationChanged(
        conversation=conversation.public_id, state="queued", agent=None, position=conversation.visible
    )


def _changed(
    conversation: Conversation, kind: str, agent: Mapping[str, Any] | None, position: int
) -> ConversationChanged:
    return ConversationChanged(
        conversation=conversation.public_id, state=STATES[kind], agent=agent, position=position
    )

"""Who sees and hears what: one fixed table, and the news made by it."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.templatetags.static import static

from support_chat.desk.events import ConversationChanged, EntryAdded, encoded
from support_chat.desk.lines import Kept
from support_chat.desk.models import Conversation
from support_chat.live.news import News
from support_chat.live.traces import Trace

Body = Mapping[str, Any]
Author = Mapping[str, str]

VISITOR_LEFT: Final = "visitor left"  # the cause of a close that nobody asked for
SPAM: Final = "spam"  # of one that is no chat at all


def _whole(conversation: Conversation, body: Body) -> Body:
    return body


def _nothing(conversation: Conversation, body: Body) -> Body:
    return {}


def _ending(conversation: Conversation, body: Body) -> Body:
    """Whether it ended because they had left: then nothing is asked of them any more. Or whether they
    are asked how it was."""
    if body.get("cause") == VISITOR_LEFT:
        return {"quiet": True}
    return {"rate": True} if body.get("rate") else {}


def _coming(conversation: Conversation, body: Body) -> Body:
    """Whether it is somebody beside whoever has the chat."""
    return {"guest": True} if body.get("guest") else {}


def _revision(conversation: Conversation, body: Body) -> Body:
    """Which message, as its visitor counts; {} of one that a later one has replaced."""
    said = {"of": body.get("of_shown"), "text": body.get("text")}
    return {name: value for name, value in said.items() if value is not None}


def _face(conversation: Conversation, body: Body) -> Body:
    return {"agent": public_agent(conversation, body["agent"])}


# kind → what of its body the visitor sees. A kind that is not here is for staff alone.
SHOWN: Final[dict[str, Callable[[Conversation, Body], Body]]] = {
    "opened": _nothing,
    "message": _whole,
    "joined": _coming,
    "left": _coming,
    "assigned": _face,
    "returned_to_queue": _nothing,
    "closed": _ending,
    "reopened": _nothing,
    "rated": _whole,
    "emailed": _whole,
    "edited": _revision,
    "retracted": _revision,
}
STAFF_ONLY: Final = frozenset(
    {
        "note",
        "whisper",
        "invited",
        "asked_to_join",
        "not_joined",
        "called_help",
        "marked_spam",
        "blocked",
        "offered",
        "declined",
        "transferred",
        "moved",
        "prioritised",
        "reminded",
        "idle",
        "snoozed",
        "woken",
        "tagged",
        "merged",
        "kept_place",
        "left_email",
    }
)
KINDS: Final = frozenset(SHOWN) | STAFF_ONLY

WHISPER: Final = "whisper"  # of the staff, heard by some alone

# kind → the state a chat is in after it, for those that change it.
STATES: Final = {
    "opened": "queued",
    "assigned": "active",
    "returned_to_queue": "queued",
    "closed": "closed",
    "reopened": "queued",
}


def staff_form(entry: Kept, body: Body) -> dict[str, Any]:
    """The entry as staff read it."""
    author = {"role": entry.author_role, "name": entry.author_name, "id": entry.author_id}
    return _form(entry, entry.position, author, body)


def hushed(body: Body) -> dict[str, Any]:
    """What the rest of the team reads of a whisper: to whom it was, where it says so."""
    return {name: body[name] for name in ("to",) if name in body}


def hearers(entry: Kept, body: Body) -> tuple[str, ...]:
    """The ids of the agents who read a whisper, beside whoever oversees the chat's queue."""
    return (entry.author_id, body["to"]["id"]) if "to" in body else (entry.author_id,)


def overseers(queue: int) -> str:
    """The ear of whoever oversees a queue."""
    return f"overseers:{queue}"


def visitor_form(conversation: Conversation, entry: Kept, body: Body) -> dict[str, Any]:
    """The entry as its visitor reads it: counted for them, public names, pseudonyms for ids."""
    author = {
        "role": entry.author_role,
        "name": entry.public_name,
        "id": pseudonym(conversation, entry.author_id),
    }
    return _form(entry, entry.visible, author, SHOWN.get(entry.kind, _nothing)(conversation, body))


def _form(entry: Kept, position: int, author: Author, body: Body) -> dict[str, Any]:
    return {
        "position": position,
        "mark": entry.mark,
        "kind": entry.kind,
        "author": author,
        "at": _written(entry.at),
        "body": body,
    }


def told_to_author(entry: Kept, form: dict[str, Any]) -> dict[str, Any]:
    """The same for who wrote it: with the client_id they gave it."""
    return {**form, "client_id": str(entry.client_id)} if entry.client_id is not None else form


@lru_cache(256)  # one batch is of one moment, or nearly
def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def public_agent(conversation: Conversation, agent: Mapping[str, Any]) -> dict[str, Any]:
    """What the visitor of this chat knows of an agent, from the log's own words about them."""
    picture = agent.get("picture")
    return {
        "id": pseudonym(conversation, agent["id"]),
        "name": agent["public_name"],
        "picture": _address(picture) if picture else None,
    }


def _address(picture: str) -> str | None:
    try:
        return static(picture)
    except ValueError:  # it was in an earlier release, and is in the log for ever
        return None


def staff_agent(agent: Mapping[str, Any]) -> dict[str, Any]:
    """What staff read of an agent in the log."""
    return {"id": agent["id"], "name": agent["name"]}


def pseudonym(conversation: Conversation, author_id: str) -> str:
    """The name of an author in this chat alone; the same person has another in the next."""
    return _pseudonym(bytes(conversation.salt), author_id) if author_id else ""


@lru_cache(10_000)  # the two sides of some thousands of chats
def _pseudonym(salt: bytes, author_id: str) -> str:
    digest = hashlib.blake2b(author_id.encode(), key=salt, digest_size=16).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def entry_news(conversation: Conversation, entry: Kept, body: Body, *, trace: Trace | None = None) -> News:
    """What every ear hears of one entry, ready to be sent."""
    agent = staff_agent(body["agent"]) if entry.kind == "assigned" else None
    frames = _frames("staff", conversation, entry, staff_form(entry, body), agent)
    if entry.kind == WHISPER:
        frames = _aside(conversation, entry, body, frames)
    if entry.shown:
        form = visitor_form(conversation, entry, body)
        frames |= _frames("visitor", conversation, entry, form, form["body"].get("agent"))
    return News(
        topic=conversation.topic, version=entry.position, visible=entry.visible, frames=frames, trace=trace
    )


def _aside(
    conversation: Conversation, entry: Kept, body: Body, whole: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Of a whisper: the words for who may read them, and for the rest of the team that there was one."""
    rest = EntryAdded(conversation=conversation.public_id, entry=staff_form(entry, hushed(body)))
    ears = [f"staff:{each}" for each in hearers(entry, body)] + [overseers(conversation.queue_id)]
    return {**dict.fromkeys(ears, whole["staff"]), **whole, "staff": (encoded(rest),)}


def _frames(
    ear: str,
    conversation: Conversation,
    entry: Kept,
    form: dict[str, Any],
    agent: Mapping[str, Any] | None,
) -> dict[str, tuple[str, ...]]:
    """For one side: what all of it hear, and what the author does."""
    name = conversation.public_id
    after = (_changed(conversation, entry.kind, agent, form["position"]),) if entry.kind in STATES else ()
    said = tuple(map(encoded, after))
    frames = {ear: (encoded(EntryAdded(conversation=name, entry=form)), *said)}
    if entry.client_id is not None and (entry.author_role == "visitor") == (ear == "visitor"):
        mine = EntryAdded(conversation=name, entry=told_to_author(entry, form))
        frames[f"{ear}:{entry.author_id}"] = (encoded(mine), *said)
    return frames


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

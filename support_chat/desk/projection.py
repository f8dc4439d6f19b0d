"""How a conversation's row follows from its log."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from support_chat.desk.audiences import STATES
from support_chat.desk.chains import chained, instant, staff_link, visible_link
from support_chat.desk.lines import Kept
from support_chat.desk.models import Conversation
from support_chat.desk.participants import beside_after
from support_chat.settings.chat import EXCERPT

# What a message moves, and what the rest of a chat's life moves beside it.
SAID: Final = (
    *("position", "visible", "mark", "visible_mark", "chain", "visible_chain"),
    *("visitor_messages", "team_messages", "last_at", "last_words", "waiting_since", "first_reply_at"),
    *("replied", "reminded", "team_at", "woken_at"),
)
MOVED: Final = (
    *("state", "sort_key", "place_key", "place_why", "priority", "rating", "forced", "asked"),
    *("opened_at", "queued_at", "assigned_at", "closed_at", "offered_until"),
    *("looked_at", "idle_at", "nudged_at", "away_at", "snoozed_until", "tags", "participants", "spam"),
)
BELONGS: Final = ("queue", "owner", "last_owner", "offered_to", "wanted_queue")  # by key: see log.py
PROJECTED: Final = (*SAID, *MOVED, *BELONGS)

Body = Mapping[str, Any]


def project(conversation: Conversation, entry: Kept, body: Mapping[str, Any]) -> None:
    """Bring the row up to this entry, and number, count and chain the entry after the row.

    Only what is named by key is left out, since the log names it by public id: see `BELONGS`.
    """
    conversation.position += 1
    conversation.visible += entry.shown
    conversation.last_at = entry.at
    _count(conversation, entry, body)
    _move(conversation, entry, body)
    entry.position, entry.visible = conversation.position, conversation.visible
    entry.visitor_messages = conversation.visitor_messages
    entry.team_messages = conversation.team_messages
    conversation.mark = entry.mark
    conversation.chain = entry.chain = chained(conversation.chain, staff_link(entry))
    if entry.shown:
        conversation.visible_mark = entry.mark
        conversation.visible_chain = chained(conversation.visible_chain, visible_link(entry))
    entry.visible_chain = conversation.visible_chain


def _count(conversation: Conversation, entry: Kept, body: Body) -> None:
    if entry.kind != "message":
        return
    text = excerpt(body)
    said = {"role": entry.author_role, "kind": entry.kind, "text": text, "at": instant(entry.at)}
    conversation.last_words = said
    if entry.author_role == "visitor":
        conversation.visitor_messages += 1
        if conversation.state != Conversation.State.CLOSED:  # what is said after the close waits for nobody
            conversation.waiting_since = conversation.waiting_since or entry.at
        conversation.idle_at = conversation.nudged_at = None
        conversation.snoozed_until = conversation.woken_at = None
    else:
        conversation.team_messages += 1
        _answer(conversation, entry, body)


def excerpt(body: Body) -> str:
    """What a list shows of a message: the begin of its words or, without any, what its files are called."""
    words = body.get("text", "") or ", ".join(file["name"] for file in body.get("files", ()))
    return str(words[:EXCERPT])


def _answer(conversation: Conversation, entry: Kept, body: Body) -> None:
    """What is said answers, unless it only says that they look it up, asks who is still there, or is said
    to all who wait."""
    about = body.get("about")
    if about == "looking":
        conversation.looked_at, conversation.reminded = entry.at, 0
    elif about == "still_there":
        conversation.nudged_at = entry.at
    elif about != "notice":
        conversation.waiting_since, conversation.reminded, conversation.replied = None, 0, True
        conversation.first_reply_at = conversation.first_reply_at or entry.at
        conversation.team_at, conversation.woken_at = entry.at, None


def _move(conversation: Conversation, entry: Kept, body: Body) -> None:
    step = _STEPS.get(entry.kind)
    if step is not None:
        step(conversation, entry, body)
    if "sort" in body:
        conversation.sort_key = conversation.place_key = body["sort"]
        conversation.place_why = body.get("ahead", "")
    conversation.participants = beside_after(conversation.participants, entry.kind, entry.author_id, body)
    if entry.kind in STATES:
        conversation.state = STATES[entry.kind]
        _afresh(conversation)


def _afresh(conversation: Conversation) -> None:
    """Whoever has it next begins anew."""
    conversation.offered_until = conversation.looked_at = conversation.idle_at = conversation.nudged_at = None
    conversation.snoozed_until = conversation.woken_at = None
    conversation.replied, conversation.reminded = False, 0


def _open(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.opened_at = conversation.queued_at = entry.at
    conversation.priority = body.get("priority", Conversation.Priority.NORMAL)
    conversation.tags = list(body.get("tags", ()))


def _assign(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.assigned_at, conversation.sort_key = entry.at, None
    conversation.forced = body.get("forced", False)


def _wait_again(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.queued_at, conversation.closed_at, conversation.forced = entry.at, None, False
    conversation.spam = False
    asked = [*conversation.asked, [body["asked"], instant(entry.at)]] if "asked" in body else []
    conversation.asked = asked  # who was asked in vain, for as long as nobody answers


def _close(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.closed_at, conversation.waiting_since, conversation.sort_key = entry.at, None, None
    conversation.asked, conversation.forced, conversation.away_at = [], False, None
    conversation.place_key = conversation.team_at = None
    conversation.place_why = ""


def _mark(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.spam = body.get("spam", False)


def _offer(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.offered_until = entry.at + timedelta(seconds=body["expires_in"])


def _decline(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.offered_until = None
    if body["cause"] != "withdrawn":
        conversation.asked = [*conversation.asked, [body["agent"]["id"], instant(entry.at)]]


def _transfer(conversation: Conversation, entry: Kept, body: Body) -> None:
    if conversation.state == "active" and "sort" in body:
        conversation.asked = []
    elif conversation.state == "active":
        conversation.sort_key = None  # it stays with whom it is


def _prioritise(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.priority = body["priority"]


def _remind(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.reminded = body["level"]


def _rest(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.idle_at = entry.at


def _snooze(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.snoozed_until, conversation.woken_at = datetime.fromisoformat(body["until"]), None
    conversation.idle_at = conversation.idle_at or entry.at


def _wake(conversation: Conversation, entry: Kept, body: Body) -> None:
    """Its visitor is as quiet as before, unless they wait: then it counts again."""
    conversation.snoozed_until, conversation.woken_at = None, entry.at
    if conversation.waiting_since is not None:
        conversation.idle_at = None


def _tag(conversation: Conversation, entry: Kept, body: Body) -> None:
    kept = [tag for tag in conversation.tags if tag not in body["removed"]]
    conversation.tags = kept + [tag for tag in body["added"] if tag not in kept]


def _leave(conversation: Conversation, entry: Kept, body: Body) -> None:
    if entry.author_role == "visitor":
        conversation.away_at = entry.at


def _join(conversation: Conversation, entry: Kept, body: Body) -> None:
    if entry.author_role == "visitor":
        conversation.away_at = None


def _revise(conversation: Conversation, entry: Kept, body: Body) -> None:
    """Lists show what the newest message says by now."""
    if body.get("newest") and conversation.last_words:
        text = body.get("text", "")[:EXCERPT]
        conversation.last_words = {**conversation.last_words, "text": text}


def _rate(conversation: Conversation, entry: Kept, body: Body) -> None:
    conversation.rating = body["score"]


_STEPS: Final[dict[str, Callable[[Conversation, Kept, Body], None]]] = {
    "opened": _open,
    "assigned": _assign,
    "returned_to_queue": _wait_again,
    "reopened": _wait_again,
    "closed": _close,
    "offered": _offer,
    "declined": _decline,
    "transferred": _transfer,
    "prioritised": _prioritise,
    "reminded": _remind,
    "idle": _rest,
    "snoozed": _snooze,
    "woken": _wake,
    "tagged": _tag,
    "left": _leave,
    "joined": _join,
    "marked_spam": _mark,
    "rated": _rate,
    "edited": _revise,
    "retracted": _revise,
}

"""What either side may hear: the names of events and of their fields."""

from collections.abc import Mapping
from typing import Final

# The fields of each event beside `event`; "?" marks one that may be absent. desk/events.py builds them.
VISITOR_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "entry_added": ("conversation", "entry"),
    "conversation_changed": ("conversation", "state", "agent", "position"),
    "read": ("conversation", "by", "position"),
    "typing": ("conversation", "author", "typing", "position"),
    "queue_moved": ("conversation", "place", "of", "wait", "why?", "about?"),
    "availability_changed": ("available", "why", "opens_in?", "until?", "notice?", "text?", "mail?"),
    "invitation_changed": ("invitation",),
    "signed_out": (),
    "come_again": (),
}
_OF_VISITOR: Final = ("who?", "hidden?", "zone?", "device?", "referrer?", "note?")
STAFF_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "entry_added": ("conversation", "entry"),
    "conversation_changed": ("conversation", "state", "agent", "position"),
    "read": ("conversation", "by", "position", "seen?"),
    "typing": ("conversation", "author", "typing", "position", "mode?", "preview?"),
    "availability_changed": ("available", "why", "opens_in?", "until?", "notice?", "text?", "mail?", "site"),
    "inbox_changed": ("rows",),
    "queue_changed": ("queue", "waiting", "longest_wait"),
    "queue_staffed": ("queue", "online"),
    "teammate_changed": ("agent",),
    "agent_changed": ("agent",),
    "visitor_changed": ("conversation", "here", "since", "page", *_OF_VISITOR),
    "visitors_changed": ("site",),
    "lists_changed": ("queue",),
    "conversation_left": ("conversation", "reason"),
    "offered": ("conversation", "expires_in"),
    "offer_withdrawn": ("conversation", "reason"),
    "unanswered": ("conversation", "agent", "waited"),
    "chats_ringing": ("conversations", "steps?", "until?"),
    "draft_changed": ("conversation", "mode", "text", "version"),
    "mentions_changed": ("unread", "mentions"),
    "own_settings_changed": ("keys", "undo_send", "share_drafts"),
    "viewing": ("conversation", "agent", "viewing", "asks?", "shares?", "reads?"),
    "draft_shared": ("conversation", "agent", "mode", "text"),
}

"""The two sockets, each with its tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from support_chat.asyncapi.replies import STAFF_REPLIES, VISITOR_REPLIES
from support_chat.live.frame import Frame
from support_chat.live.frames import AGENT_COMMANDS, VISITOR_COMMANDS
from support_chat.live.heard import STAFF_EVENTS, VISITOR_EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """`name` is the channel's, `who` as the README of the wire calls them."""

    name: str
    who: str
    address: str
    about: str
    commands: Mapping[str, type[Frame]]
    replies: Mapping[str, Any]
    events: Mapping[str, tuple[str, ...]]


FACES: Final = (
    Face(
        name="visitor",
        who="visitor",
        address="/ws/visitor",
        about="Visitors. `hello` names the site, and brings the token of a visitor who has been here before.",
        commands=VISITOR_COMMANDS,
        replies=VISITOR_REPLIES,
        events=VISITOR_EVENTS,
    ),
    Face(
        name="agent",
        who="staff",
        address="/ws/agent",
        about="The team. A page of this very origin brings its session; a program an API token, in `hello`.",
        commands=AGENT_COMMANDS,
        replies=STAFF_REPLIES,
        events=STAFF_EVENTS,
    ),
)

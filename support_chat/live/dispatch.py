"""From the name of a command to what carries it out: a fixed table, made when the class is made."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from support_chat.live.decoder import decoder_of
from support_chat.live.frame import Frame
from support_chat.live.replies import Later, Ok

if TYPE_CHECKING:
    from support_chat.live.consumer import Consumer

POSTS: Final = frozenset({"post_message"})  # kept in the order sent, see turns.py
WRITES: Final = frozenset({"post_message", "start_conversation", "add_note"})  # limited as posts are
# These do not wait for the answers of what was sent before them.
GO_ON: Final = frozenset({"post_message", "mark_read", "set_typing", "beat"})

Handler = Callable[["Consumer", Any], Awaitable[Ok | Later]]


class Command(NamedTuple):
    name: str
    decoder: msgspec.json.Decoder[Frame]
    handler: Handler
    is_post: bool
    writes: bool
    is_typing: bool
    goes_on: bool


def table_of(owner: type, commands: Mapping[str, type[Frame]]) -> dict[str, Command]:
    """Raise TypeError unless `owner` has a coroutine method for every command but `hello`, which is
    carried out by `welcome`. Nothing outside this table can be reached from the wire."""
    return {name: _command(owner, name, frame) for name, frame in commands.items()}


def _command(owner: type, name: str, frame: type[Frame]) -> Command:
    handler = getattr(owner, "welcome" if name == "hello" else name, None)
    if not iscoroutinefunction(handler):
        raise TypeError(f"{owner.__name__} does not carry out {name}.")
    return Command(
        name=name,
        decoder=decoder_of(frame),
        handler=handler,
        is_post=name in POSTS,
        writes=name in WRITES,
        is_typing=name == "set_typing",
        goes_on=name in GO_ON,
    )

"""What happened, ready to be told: one piece of news of one topic, encoded once for each audience."""

import msgspec

from support_chat.live.traces import Trace


class News(msgspec.Struct, frozen=True, kw_only=True):
    """One step of one topic.

    `version` counts a topic's steps 1, 2, 3 … without gaps; for a conversation it is the staff's
    position. 0 is fleeting (typing): told at once to whoever listens, kept nowhere.

    `frames` maps an ear to the JSON text frames it hears. Ears are "staff", "visitor", one person's own,
    "staff:<author id>" or "visitor:<author id>", and "overseers:<queue key>". A missing ear hears nothing.

    `visible` is, for a conversation, the visitor's count after this news. `trace` is of the command that it
    came of; no listener is told.

    `vague` is fleeting news that says only that something is not as it was: it is told at most once a second,
    and goes into no hint: the other processes find it in the letterbox.
    """

    topic: str
    version: int
    frames: dict[str, tuple[str, ...]]
    visible: int | None = None
    trace: Trace | None = None
    vague: bool = False


class Fleeting(tuple[str, ...]):
    """Frames that a listener may drop: what they say is soon over."""

    __slots__ = ()

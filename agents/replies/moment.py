from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """How a chat stands when an agent looks for a reply."""

    said: str = ""  # by the visitor since our last message
    earlier: str = ""  # by the visitor before that
    ours: str = ""  # our last message
    sent: tuple[str, ...] = ()  # names of the canned replies sent so far, in order

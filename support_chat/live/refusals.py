"""What the wire itself can refuse. desk/errors.py extends the tree with what the rules refuse.

    Refused
    ├── BadFrame, TooBig, UnknownCommand, BadField      the frame is wrong: sending it again is of no use
    ├── HelloFirst, AlreadyWelcomed                     the moment is wrong
    ├── TooFast, OutOfTurn, Overloaded, Busy, Failed    the same command may succeed later
    ├── UnknownToken, NotAllowed                        who it is, or what they do, is not let in
    └── NotFound                                        foreign, unknown and forbidden to know are one answer

The words of a refusal are fixed: nothing that a client sent comes back in them.
"""

from collections.abc import Mapping
from typing import ClassVar


class Refused(Exception):
    """A command that was not carried out, in the terms of the protocol.

    A subclass fixes `code`, `message` and `retry` (may the same command succeed later). `after` is
    seconds to wait before trying again. `details` are further fields of the error: `field`, `state` …
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = "This cannot be done."
    retry: ClassVar[bool] = False

    def __init__(self, *, after: float | None = None, **details: object) -> None:
        super().__init__(self.message)
        self.after = after
        self.details = details

    def as_error(self) -> Mapping[str, object]:
        """The `error` object of the reply."""
        error: dict[str, object] = {"code": self.code, "message": self.message, "retry": self.retry}
        if self.after is not None:
            error["after"] = round(self.after, 3)
        return error | self.details


class BadFrame(Refused):
    code = "bad_frame"
    message = "This is not a frame of this protocol."


class TooBig(Refused):
    code = "too_big"
    message = "This frame is too big."


class UnknownCommand(Refused):
    code = "unknown_command"
    message = "There is no such command."


class BadField(Refused):
    """A field is missing, unknown, of the wrong type or out of bounds; `field` names it."""

    code = "bad_field"
    message = "A field is missing, unknown or not valid."

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class HelloFirst(Refused):
    code = "hello_first"
    message = "Say hello first."


class AlreadyWelcomed(Refused):
    code = "already_welcomed"
    message = "Hello was already said on this connection."


class TooFast(Refused):
    code = "too_fast"
    message = "Too much at once. Please wait a moment."
    retry = True


class OutOfTurn(Refused):
    """An earlier post of this conversation was refused and has not come again."""

    code = "out_of_turn"
    message = "An earlier message has to be sent first."
    retry = True


class Overloaded(Refused):
    code = "overloaded"
    message = "The server has too much to do. Please try again."
    retry = True


class Busy(Refused):
    code = "busy"
    message = "This chat is being changed by somebody else. Please try again."
    retry = True


class Failed(Refused):
    """Our fault. `trace` finds it in the server's log."""

    code = "failed"
    message = "Something went wrong on our side. Please try again."
    retry = True


class NotFound(Refused):
    code = "not_found"
    message = "This does not exist, or it is not yours to see."


class UnknownToken(Refused):
    code = "unknown_token"
    message = "This token is not, or no longer, valid."


class NotAllowed(Refused):
    code = "not_allowed"
    message = "You may not do this here."

"""Why the server ends a socket. Browsers read the code; daphne drops the reason text."""

from enum import IntEnum


class CloseCode(IntEnum):
    """1011, 4012, 4013 and 4408 invite the client back at once; `live/README.md` says what each means."""

    GOODBYE = 1000
    FAILED = 1011
    RESTARTING = 4012
    OVERLOADED = 4013
    BAD_FRAMES = 4400
    NOT_SIGNED_IN = 4401
    NOT_ALLOWED = 4403
    TOO_SLOW = 4408
    ONE_TOO_MANY = 4409
    TOO_BIG = 4413
    UPGRADE_REQUIRED = 4426
    FLOODING = 4429

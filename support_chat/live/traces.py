"""The trace of a command: by what name every process's log knows it, and when it came."""

import logging
import secrets
from time import time
from typing import Final, NamedTuple

log = logging.getLogger("support_chat.trace")  # whose level, DEBUG, makes everything be followed

SLOW: Final = 1.0  # seconds after its arrival from which on whatever becomes of a command is logged


class Trace(NamedTuple):
    """`id` is random, so that it tells nobody what else goes on; `at` is Unix time, in seconds."""

    id: str
    at: float


def begin() -> Trace:
    """Of a command that has just come."""
    return Trace(secrets.token_hex(8), time())


def follow(trace: Trace, words: str, *values: object) -> float:
    """Say what became of a command, with %-words and their values, if it is slow or all is to be followed.

    Returns the seconds since it came; by the clocks of two machines if it came to another one.
    """
    age = max(0.0, time() - trace.at)
    level = logging.WARNING if age >= SLOW else logging.DEBUG
    if log.isEnabledFor(level):
        log.log(level, "%s, %.3f s after it came, trace %s.", words % values, age, trace.id)
    return age

"""Whether and when a lost socket comes back."""

from dataclasses import dataclass, field
from random import Random

ENDING_CODES = {
    4400: "the server could not read what was sent",
    4401: "not signed in, or not any longer",
    4403: "not allowed here",
    4409: "one socket too many",
    4413: "sent too much at once, three times",
    4426: "of a release that the server no longer speaks, or not yet",
}
# Seconds that a close code asks for on top of the usual wait.
REST_BY_CODE = {4013: 5.0, 4429: 30.0}


@dataclass
class Backoff:
    """Waits that double from `first` to `most` seconds; each in its upper half, so that a crowd spreads."""

    first: float = 0.5
    most: float = 15.0
    calm_after: float = 10.0  # seconds online that make the next loss a first one again
    tries: int = 0
    chance: Random = field(default_factory=Random)

    def wait(self, *, at_least: float = 0.0) -> float:
        """Seconds until the next attempt; never less than the server asked for."""
        ceiling = min(self.most, self.first * 2.0 ** min(self.tries, 16))
        self.tries += 1
        return at_least + ceiling * self.chance.uniform(0.5, 1.0)

    def was_online(self, seconds: float) -> None:
        if seconds >= self.calm_after:
            self.tries = 0

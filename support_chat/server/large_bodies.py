"""Addresses that take larger bodies than the others, and how many of those come at once."""

from collections.abc import Mapping


class LargeBodies:
    """One a server. `sizes`: bytes by path; `at_once` of them are received or answered together."""

    def __init__(self, sizes: Mapping[bytes, int], at_once: int) -> None:
        self._sizes = sizes
        self._at_once = at_once
        self._coming: set[object] = set()

    def most(self, path: bytes, *, or_else: int) -> int:
        return self._sizes.get(path, or_else)

    def take(self, connection: object) -> bool:
        """Whether one more may come. Whoever took gives back by `release`, once or more often."""
        if len(self._coming) >= self._at_once:
            return False
        self._coming.add(connection)
        return True

    def release(self, connection: object) -> None:
        self._coming.discard(connection)


NONE = LargeBodies({}, 0)

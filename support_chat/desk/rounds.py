"""One at a time, without anybody waiting: who comes meanwhile is told that it will be looked at again."""

import threading


class Rounds:
    """Begun and ended by name; used from many threads.

    Many causes ask for the same work at once. If each did it, they would wait for each other's rows; if
    all but one went away, what they saw might be missed. So the one is told to look once more.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._again: dict[int, bool] = {}  # of those that run: whether somebody came meanwhile

    def begin(self, name: int) -> bool:
        """True for the one who is to do it. False: somebody does, and will look again."""
        with self._guard:
            if name in self._again:
                self._again[name] = True
                return False
            self._again[name] = False
            return True

    def end(self, name: int) -> bool:
        """It is done. True when somebody came meanwhile: begin again."""
        with self._guard:
            return self._again.pop(name)

"""Whose turn it is: a post that was refused holds back the later ones of its conversation.

One Turns a socket. Whoever writes posts later than they arrive (a journal) asks `admits` again just before
writing and calls `refuse` as it refuses, so that nothing that was already waiting slips past.
"""

from support_chat.live.refusals import OutOfTurn


class Turns:
    """By conversation, the client_id that has to come first. Empty while nothing was refused."""

    __slots__ = ("_missing",)

    def __init__(self) -> None:
        self._missing: dict[str, str] = {}

    def admits(self, conversation: str, client_id: str) -> bool:
        missing = self._missing.get(conversation)
        return missing is None or missing == client_id

    def arrive(self, conversation: str, client_id: str) -> None:
        """A post has come: raise OutOfTurn, or take it that what was missing has come again."""
        if not self._missing:
            return
        if not self.admits(conversation, client_id):
            raise OutOfTurn
        self.skip(conversation, client_id)

    def refuse(self, conversation: str, client_id: str) -> None:
        """A post was refused and may come again. The first one refused is the one to come."""
        self._missing.setdefault(conversation, client_id)

    def skip(self, conversation: str, client_id: str) -> None:
        """This one is given up, or done. Any other id changes nothing."""
        if self._missing.get(conversation) == client_id:
            del self._missing[conversation]

"""What a site has learnt about its canned replies: first their own words, then every pick."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from agents.replies.confidence import Confidence
from agents.replies.features import Vector, own_words, vector
from agents.replies.moment import Moment
from agents.replies.ranker import Ranker

READINGS: Final = 10  # of a reply's own words
AGAIN: Final = 1  # earlier picks that are gone through with each new one
REMEMBERED: Final = 2_000  # picks to go through again
SUGGESTED: Final = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A pick: what was typed, how the chat stood, which reply it was."""

    moment: Moment
    typed: str
    reply: str


class Learner:
    """One site's. Replies are the texts that each says, its title and shortcut among them, by name."""

    def __init__(self, replies: Mapping[str, Sequence[str]], *, room: int = 0) -> None:
        """These are read at once; `room` is for others that come later."""
        self.ranker = Ranker(list(replies), room=room)
        self.confidence = Confidence()
        self.picks = 0
        self.known: dict[str, int] = {}  # by reply, a checksum of the words that were read
        self._remembered: deque[Choice] = deque(maxlen=REMEMBERED)
        for _ in self.reading(replies):
            pass

    def reading(self, replies: Mapping[str, Sequence[str]]) -> Iterator[None]:
        """Learn what is new of these replies by their own words, a little at each step: with nothing else
        known, this is a text search."""
        new = {name: texts for name, texts in replies.items() if self.known.get(name) != _checksum(texts)}
        for name in new:
            self.ranker.add(name)
        said = [(name, text) for name, texts in new.items() for text in texts]
        lessons = [(self._own(text, as_typed), name) for name, text in said for as_typed in (True, False)]
        for turn in range(READINGS):
            for n in range(len(lessons)):
                x, name = lessons[(n * _stride(len(lessons)) + turn) % len(lessons)]
                self.ranker.learn(x, name)
                yield
        self.known |= {name: _checksum(texts) for name, texts in new.items()}

    def learn(self, choice: Choice) -> None:
        self._foretell(choice)
        self.picks += 1
        self._go_through(choice, self.picks)
        for n in range(min(AGAIN, len(self._remembered))):
            at = (self.picks * 7919 + n) % len(self._remembered)
            self._go_through(self._remembered[at], self.picks + at)
        self._remembered.append(choice)

    def find(self, moment: Moment, typed: str, among: Iterable[str]) -> list[str]:
        """The likeliest first."""
        return [name for name, _ in self.rank(moment, typed, among)]

    def rank(self, moment: Moment, typed: str, among: Iterable[str]) -> list[tuple[str, float]]:
        """The same, each with its chance."""
        return self.ranker.rank(self._x(moment, typed), among)

    def suggest(self, moment: Moment, among: Collection[str]) -> list[str]:
        """Three that nobody has to type for, or none: each was not sent in this chat yet."""
        ranked = self.ranker.rank(self._x(moment, ""), [name for name in among if name not in moment.sent])
        best = ranked[:SUGGESTED]
        sure = self.confidence.allows(sum(chance for _, chance in best))
        return [name for name, _ in best] if sure else []

    def _foretell(self, choice: Choice) -> None:
        if choice.reply in choice.moment.sent:
            return
        names = [name for name in self.ranker.columns if name not in choice.moment.sent]
        best = self.ranker.rank(self._x(choice.moment, ""), names)[:SUGGESTED]
        right = any(name == choice.reply for name, _ in best)
        self.confidence.heard(sum(chance for _, chance in best), right=right)

    def _go_through(self, choice: Choice, turn: int) -> None:
        """With nothing typed, with a part of it, with all of it: so it is known at every keystroke."""
        part = choice.typed[: 1 + turn * 7919 % 12]
        self.ranker.learn(self._x(choice.moment, ""), choice.reply)
        if len(part) < len(choice.typed):
            self.ranker.learn(self._x(choice.moment, part), choice.reply)
        if choice.typed:
            self.ranker.learn(self._x(choice.moment, choice.typed), choice.reply)

    def _own(self, text: str, as_typed: bool) -> Vector:
        return own_words(text, buckets=self.ranker.buckets, as_typed=as_typed)

    def _x(self, moment: Moment, typed: str) -> Vector:
        return vector(moment, typed, buckets=self.ranker.buckets)


def _checksum(texts: Sequence[str]) -> int:
    return crc32("\n".join(texts).encode())


def _stride(count: int) -> int:
    """Goes through so many in an order that keeps no reply's words together."""
    return next(each for each in (7919, 7907, 7901, 1) if count % each)

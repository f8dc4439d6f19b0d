"""What is to be beaten: text searches, and linear models that know less."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.replies.features import vector
from agents.replies.learner import Choice
from agents.replies.moment import Moment
from agents.replies.ranker import Ranker

Texts = Mapping[str, Sequence[str]]
Find = Callable[[Moment, str], list[str]]  # how the chat stands, what is typed → replies, best first


def substring(texts: Texts, picks: Sequence[Choice]) -> Find:
    """What most products do. Replies that do not hold what is typed follow as they stand."""
    held = {name: " ".join(said).lower() for name, said in texts.items()}
    return lambda _, typed: sorted(held, key=lambda name: typed.lower().strip() not in held[name])


def text_search(texts: Texts, picks: Sequence[Choice]) -> Find:
    """TF-IDF of words: idf = ln((1 + n) / (1 + df)) + 1, cosine, as scikit-learn has it by default."""
    index = _Index({name: " ".join(said) for name, said in texts.items()})
    return lambda moment, typed: index.find(typed or moment.said)


def text_search_with_picks(texts: Texts, picks: Sequence[Choice]) -> Find:
    """The same, each reply also carrying what was typed before it was picked."""
    typed_for: dict[str, list[str]] = {name: list(said) for name, said in texts.items()}
    for pick in picks:
        typed_for[pick.reply].append(pick.typed)
    return text_search(typed_for, picks)


def linear(texts: Texts, picks: Sequence[Choice]) -> Find:
    """A linear model of what is typed."""
    return _linear(texts, picks, lambda _: Moment())


def linear_with_said(texts: Texts, picks: Sequence[Choice]) -> Find:
    """The same, plus the words of the visitor's last message."""
    return _linear(texts, picks, lambda moment: Moment(said=moment.said))


WITH_TYPING: Final = {
    "substring in name or text": substring,
    "TF-IDF of words over the replies' text": text_search,
    "the same, with what was typed before": text_search_with_picks,
    "linear over what is typed": linear,
    "the same, plus the visitor's last message": linear_with_said,
}
WITHOUT: Final = {
    "TF-IDF of the visitor's last message": text_search,
    "linear over the visitor's last message": linear_with_said,
}


def _linear(texts: Texts, picks: Sequence[Choice], known: Callable[[Moment], Moment]) -> Find:
    ranker = Ranker(list(texts))

    def x(moment: Moment, typed: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        return vector(known(moment), typed, buckets=ranker.buckets)

    for pick in picks:
        ranker.learn(x(pick.moment, ""), pick.reply)
        ranker.learn(x(pick.moment, pick.typed), pick.reply)
    return lambda moment, typed: [name for name, _ in ranker.rank(x(moment, typed), texts)]


class _Index:
    def __init__(self, documents: Mapping[str, str]) -> None:
        self.names = list(documents)
        counts = [Counter(_words(text)) for text in documents.values()]
        held = Counter(word for count in counts for word in count)
        self.idf = {word: math.log((1 + len(counts)) / (1 + n)) + 1 for word, n in held.items()}
        self.rows = {word: n for n, word in enumerate(held)}
        self.matrix = np.zeros((len(held), len(counts)), np.float32)
        for column, count in enumerate(counts):
            self.matrix[:, column] = self._weighed(count)

    def find(self, text: str) -> list[str]:
        order = np.argsort(-(self._weighed(Counter(_words(text))) @ self.matrix), kind="stable")
        return [self.names[n] for n in order]

    def _weighed(self, count: Counter[str]) -> NDArray[np.float32]:
        weights = np.zeros(len(self.rows), np.float32)
        for word, n in count.items():
            if word in self.rows:
                weights[self.rows[word]] = n * self.idf[word]
        return weights / (float(np.linalg.norm(weights)) or 1.0)


def _words(text: str) -> Iterable[str]:
    return re.findall(r"\w\w+", text.lower())

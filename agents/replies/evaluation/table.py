"""Five folds of recorded chats, as the tables of the README: mean ± standard error."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from agents.replies.evaluation.dialogues import FOLDS, Dialogue, Texts, choices, fold_of
from agents.replies.evaluation.once import Task, learnt
from agents.replies.evaluation.scores import mean_and_error, place_of, scores
from agents.replies.evaluation.simple_ways import WITH_TYPING, WITHOUT, Find
from agents.replies.learner import Choice

CHARACTERS: Final = (1, 2, 4, 8)
PICKS: Final = (0, 20, 100, 1_000)
EVERY: Final = 5  # of the questions, along the learning curves
OURS: Final = "ours"
SHOWN: Final = ("R@1", "R@3", "R@5", "MRR")

Measured = dict[str, dict[str, float]]  # by row, the scores of one fold


def table(dialogues: Sequence[Dialogue], texts: Texts) -> Iterator[str]:
    """Lines of Markdown."""
    folds = [measure(task_of(dialogues, texts, fold)) for fold in range(FOLDS)]
    yield f"| | {' | '.join(SHOWN)} |"
    yield "|---|" + "---|" * len(SHOWN)
    by_row: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for fold in folds:
        for row, found in fold.items():
            for name, value in found.items():
                by_row[row][name].append(value)
    for row, values in by_row.items():
        yield f"| {row} | {' | '.join(_shown(values[name]) for name in SHOWN)} |"


def task_of(dialogues: Sequence[Dialogue], texts: Texts, fold: int) -> Task:
    """Learnt in an order that mixes what chats are about, as they come to a real team."""
    mixed = sorted(dialogues, key=lambda each: hashlib.sha256(f"order {each['id']}".encode()).digest())
    picks = [pick for pick in choices(each for each in mixed if fold_of(each) != fold) if pick.reply in texts]
    asked = [pick for pick in choices(each for each in mixed if fold_of(each) == fold) if pick.reply in texts]
    return Task(texts=texts, picks=picks, questions=asked)


def measure(task: Task) -> Measured:
    """Everything that is said of one fold."""
    find = _ours(task, None)
    measured = {
        "everything typed": _asked(find, task.questions, lambda typed: typed),
        **{f"{count} typed": _asked(find, task.questions, itemgetter(slice(count))) for count in CHARACTERS},
        "nothing typed": _asked(find, task.questions, lambda _: ""),
    }
    for count in PICKS:
        measured |= _curve(task, count)
    return measured


def _curve(task: Task, picks: int) -> Measured:
    questions, known = task.questions[::EVERY], task.picks[:picks]
    ours = _ours(task, picks)
    rows = {}
    for typing, ways in ((True, WITH_TYPING), (False, WITHOUT)):
        what = f"{picks} picks, {'typed' if typing else 'nothing typed'}"
        typed: Callable[[str], str] = (lambda typed: typed) if typing else (lambda _: "")
        rows[f"{what}: {OURS}"] = _asked(ours, questions, typed)
        for name, way in ways.items():
            if known or not name.startswith(("linear", "the same")):
                rows[f"{what}: {name}"] = _asked(way(task.texts, known), questions, typed)
    return rows


def _ours(task: Task, picks: int | None) -> Find:
    learner = learnt(task, picks)
    return lambda moment, typed: learner.find(moment, typed, task.texts)


def _asked(find: Find, questions: Sequence[Choice], typed: Callable[[str], str]) -> dict[str, float]:
    return scores([place_of(each.reply, find(each.moment, typed(each.typed))) for each in questions])


def _shown(values: Sequence[float]) -> str:
    mean, error = mean_and_error(values)
    return f"{mean:.3f} ± {error:.3f}"

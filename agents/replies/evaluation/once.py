"""One set of chats learnt, another asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

from agents.replies.evaluation.dialogues import Texts
from agents.replies.evaluation.scores import place_of, scores
from agents.replies.learner import Choice, Learner


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Replies to choose from, picks to learn from in this order, and picks to foretell."""

    texts: Texts
    picks: Sequence[Choice]
    questions: Sequence[Choice]
    left_out: int = 0  # picks of what is no reply to choose from


def evaluate(task: Task) -> dict[str, Any]:
    """Scores with typing and without; milliseconds on one core; the model's size in memory."""
    began = process_time()
    learner = learnt(task)
    taught = process_time()
    with_typing = [place_of(q.reply, learner.find(q.moment, q.typed, task.texts)) for q in task.questions]
    asked = process_time()
    without = [place_of(q.reply, learner.find(q.moment, "", task.texts)) for q in task.questions]
    return {
        "questions": len(task.questions),
        "left_out": task.left_out,
        "replies": len(task.texts),
        "picks": len(task.picks),
        "with_typing": scores(with_typing),
        "without_typing": scores(without),
        "ms_a_question": 1_000 * (asked - taught) / len(task.questions),
        "ms_a_pick": 1_000 * (taught - began) / max(1, len(task.picks)),
        "model_mb": learner.ranker.weights.nbytes / 1e6,
    }


def learnt(task: Task, picks: int | None = None) -> Learner:
    """From all of its picks, or from the first of them."""
    learner = Learner(task.texts)
    for pick in task.picks[:picks]:
        learner.learn(pick)
    return learner

"""A learner as bytes: its weights, what it read and how sure it is. No words, and no picks."""

import json
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from agents.replies.confidence import STEPS
from agents.replies.learner import Learner
from agents.replies.ranker import FIRST

Copy = dict[str, Any]  # arrays by name

FORM: Final = 1  # of what is written here; another one is learnt anew


def copied(learner: Learner) -> Copy:
    """What there is to write, as it is now."""
    ranker = learner.ranker
    used = np.flatnonzero(ranker.squares > FIRST)
    facts = {"form": FORM, "columns": list(ranker.columns), "known": learner.known, "picks": learner.picks}
    return {
        "facts": np.frombuffer(json.dumps(facts).encode(), np.uint8),
        "shape": np.array(ranker.weights.shape),
        "rows": used,
        "weights": ranker.weights[used, : len(ranker.columns)],
        "squares": ranker.squares[used],
        "confidence": learner.confidence.told.copy(),
    }


def written(copy: Copy) -> bytes:
    into = BytesIO()
    np.savez(into, **{**copy, "weights": copy["weights"].astype(np.float16)})  # three digits rank as well
    return into.getvalue()


def remembered(memory: bytes) -> Learner | None:
    """None when it was written by another release, or is damaged."""
    try:
        with np.load(BytesIO(memory), allow_pickle=False) as kept:
            return _read({name: kept[name] for name in kept.files})
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def _read(kept: Copy) -> Learner | None:
    facts = json.loads(kept["facts"].tobytes())
    if facts["form"] != FORM or kept["confidence"].shape != (2, STEPS):
        return None
    learner = Learner({})
    ranker = learner.ranker
    ranker.columns = {name: n for n, name in enumerate(facts["columns"])}
    ranker.buckets = int(kept["shape"][0])
    ranker.weights = np.zeros(tuple(kept["shape"]), np.float32)
    ranker.squares = np.full(ranker.buckets, FIRST, np.float32)
    ranker.weights[kept["rows"], : len(ranker.columns)] = kept["weights"]
    ranker.squares[kept["rows"]] = kept["squares"]
    learner.known, learner.picks = facts["known"], facts["picks"]
    learner.confidence.told = kept["confidence"]
    return learner

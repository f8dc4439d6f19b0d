"""Which canned replies an agent may want now."""

from typing import Final, TypedDict

from agents.replies.learner import Learner
from agents.replies.library import library
from agents.replies.moment import Moment
from agents.replies.reading import moment_of, texts_of_ours
from support_chat.desk.access import Staff
from support_chat.desk.library import canned_replies_for
from support_chat.desk.models import CannedReply, Conversation
from support_chat.desk.variables import was_said

BEST: Final = 8  # found at most; whoever is not among them is found sooner by another word
ELSEWHERE: Final = 0.4  # what a reply of another queue or language counts, of what it would in its own
SURE: Final = 5.0  # times better are the odds of the best by what is typed, or that may mean no reply
CERTAIN: Final = 0.9999  # no chance counts as more


class Found(TypedDict):
    """Public ids. `found` is null while this process has not learnt anything yet; `sure`: what is typed
    means the first of them, even where they share no word."""

    found: list[str] | None
    sure: bool
    likely: list[str]


def find_replies(staff: Staff, row: Conversation, typed: str) -> Found:
    """With something typed, what was meant, best first; with nothing, the few that may come next."""
    replies = list(canned_replies_for(staff).filter(site=row.site_id))
    moment, shelf = moment_of(row), library.of(row.site_id)
    if typed.strip():
        weights = {each.public_id: 1.0 if _is_for(each, row) else ELSEWHERE for each in replies}
        found, sure = shelf.ask(lambda learner: _found(learner, moment, typed, weights)) or (None, False)
        return {"found": found, "sure": sure, "likely": []}
    said = texts_of_ours(row)
    here = [each for each in replies if _is_for(each, row)]
    fresh = [each.public_id for each in here if not was_said(each.text, said)]
    return {
        "found": None,
        "sure": False,
        "likely": shelf.ask(lambda learner: learner.suggest(moment, fresh)) or [],
    }


def _is_for(reply: CannedReply, row: Conversation) -> bool:
    return reply.queue_id in (None, row.queue_id) and _speaks(reply.locale, row.locale)


def _speaks(reply: str, chat: str) -> bool:
    """Whether a reply in this language fits a chat in that one; "" is any, "de" also "de-AT"."""
    return not reply or not chat or reply.split("-", maxsplit=1)[0] == chat.lower().split("-")[0]


def _found(learner: Learner, moment: Moment, typed: str, weights: dict[str, float]) -> tuple[list[str], bool]:
    """The best, and whether what is typed is what speaks for the first."""
    before = dict(learner.rank(moment, "", weights))
    ranked = dict(learner.rank(moment, typed, weights))
    best = sorted(ranked, key=lambda name: -ranked[name] * weights[name])[:BEST]
    return best, any(_odds(ranked[name]) > SURE * _odds(before[name]) for name in best[:1])


def _odds(chance: float) -> float:
    return chance / (1 - min(chance, CERTAIN))

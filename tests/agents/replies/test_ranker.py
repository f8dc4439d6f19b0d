"""Finding canned replies: by their own words first, then as agents put it."""

from collections import deque

from agents.replies.confidence import ENOUGH, Confidence
from agents.replies.features import vector, words
from agents.replies.learner import Choice, Learner
from agents.replies.moment import Moment
from agents.replies.ranker import BYTES, Ranker, buckets_for

TEXTS = {
    "name": ["name", "Ask for the name", "Could you give me your name, please?"],
    "late": ["late", "Late parcel", "I am sorry that your parcel is late."],
    "bye": ["bye", "Goodbye", "Thank you and goodbye."],
    "refund": ["refund", "Money back", "Your money is on its way back to you."],
}


def picked(reply: str, typed: str, said: str = "", *sent: str) -> Choice:
    return Choice(Moment(said=said, sent=sent), typed, reply)


def first(learner: Learner, typed: str, moment: Moment | None = None) -> str:
    return learner.find(moment or Moment(), typed, TEXTS)[0]


def test_on_the_first_day_a_reply_is_found_by_its_own_words() -> None:
    learner = Learner(TEXTS)
    assert first(learner, "goodb") == "bye"
    assert first(learner, "parcel") == "late"
    assert first(learner, "MONEY") == "refund"
    assert first(learner, "", Moment(said="my parcel is so late!")) == "late"


def test_a_pick_teaches_what_agents_type_for_it() -> None:
    learner = Learner(TEXTS)
    for _ in range(4):
        learner.learn(picked("refund", "repay them"))
    assert first(learner, "repay") == "refund"
    assert first(learner, "goodbye") == "bye"


def test_what_the_visitor_said_decides_between_replies_that_are_typed_alike() -> None:
    learner = Learner(TEXTS)
    for _ in range(6):
        learner.learn(picked("late", "sorry", "it never came"))
        learner.learn(picked("refund", "sorry", "you charged me twice"))
    assert first(learner, "sorry", Moment(said="it never came")) == "late"
    assert first(learner, "sorry", Moment(said="charged twice?")) == "refund"


def test_what_was_sent_before_says_what_comes_next_with_nothing_typed() -> None:
    learner = Learner(TEXTS)
    for _ in range(6):
        learner.learn(picked("name", "na", "hi"))
        learner.learn(picked("late", "la", "hi", "name"))
    assert first(learner, "", Moment(said="hi", sent=("name",))) == "late"


def test_only_those_are_found_that_may_be_used_here() -> None:
    assert Learner(TEXTS).find(Moment(), "goodbye", ["name", "late", "of another site"]) in (
        ["name", "late"],
        ["late", "name"],
    )


def test_nothing_is_suggested_before_suggestions_of_that_kind_were_right_often_enough() -> None:
    learner = Learner(TEXTS)
    hello = Moment(said="hello")
    for n in range(ENOUGH + 15):
        assert n >= ENOUGH or learner.suggest(hello, TEXTS) == []
        learner.learn(picked("name", "name", "hello"))
    assert learner.suggest(hello, TEXTS)[0] == "name"
    assert "name" not in learner.suggest(Moment(said="hello", sent=("name",)), TEXTS)


def test_confidence_is_lost_again_when_suggestions_turn_out_wrong() -> None:
    confidence = Confidence()
    for _ in range(50):
        confidence.heard(0.9, right=True)
    assert confidence.allows(0.9)
    assert not confidence.allows(0.3) or confidence.allows(0.9)
    for _ in range(100):
        confidence.heard(0.9, right=False)
    assert not confidence.allows(0.9)


def test_a_reply_that_is_new_is_found_by_its_words_and_takes_nothing_from_what_was_learnt() -> None:
    learner = Learner(TEXTS)
    for _ in range(6):
        learner.learn(picked("refund", "repay them"))
    deque(learner.reading({"invoice": ["invoice", "Your invoice is attached."]}), maxlen=0)
    assert learner.find(Moment(), "invoice", [*TEXTS, "invoice"])[0] == "invoice"
    assert learner.find(Moment(), "repay", [*TEXTS, "invoice"])[0] == "refund"


def test_replies_beyond_the_columns_that_were_made_get_columns_of_their_own() -> None:
    ranker = Ranker()
    x = vector(Moment(), "x", buckets=ranker.buckets)
    for n in range(40):
        ranker.add(f"reply {n}")
    for _ in range(5):
        ranker.learn(x, "reply 39")
    assert ranker.rank(x, ranker.columns)[0][0] == "reply 39"


def test_a_model_stays_under_its_size_however_many_replies_a_site_has() -> None:
    for replies in (1, 158, 1_000, 5_000):
        assert 4 * buckets_for(replies) * replies <= BYTES


def test_words_are_the_same_with_and_without_accents_and_capitals() -> None:
    assert words("Où est L'Été_2?") == ["ou", "est", "l", "ete", "2"]
    assert words("注文はどこ") == ["注文はとこ"]


def test_the_same_words_make_the_same_vector_each_row_once() -> None:
    rows, values = vector(Moment(said="hi hi", sent=("a", "b")), "name", buckets=64)
    again = vector(Moment(said="hi hi", sent=("a", "b")), "name", buckets=64)
    assert (rows == again[0]).all()
    assert (values == again[1]).all()
    assert len(set(rows.tolist())) == len(rows)

"""Replies that share most of their words are nearly the same; each is found, and nothing else."""

from itertools import combinations
from random import Random

from agents.library.duplicates import ALIKE, nearly_the_same, words_of


def test_case_accents_signs_and_order_make_no_difference() -> None:
    texts = {1: "Sorry, your PARCEL is late.", 2: "your parcel is late – sórry", 3: "Money comes back."}
    assert nearly_the_same(texts) == {1: 2, 2: 1}


def test_the_likest_of_several_is_told() -> None:
    one = "a b c d e f g h i j"
    texts = {1: one, 2: f"{one} k", 3: f"{one} k l"}
    assert nearly_the_same(texts) == {1: 2, 2: 3, 3: 2}


def test_replies_without_words_are_like_nothing() -> None:
    assert nearly_the_same({1: "", 2: "…", 3: "hello"}) == {}


def test_comparing_few_finds_what_comparing_all_would() -> None:
    draw = Random(7)
    texts = {n: " ".join(draw.choices("abcdefghijkl", k=draw.randint(1, 14))) for n in range(200)}
    sets = {key: words_of(text) for key, text in texts.items()}
    pairs = [
        (one, two)
        for one, two in combinations(texts, 2)
        if len(sets[one] & sets[two]) >= ALIKE * len(sets[one] | sets[two])
    ]
    assert {*nearly_the_same(texts)} == {key for pair in pairs for key in pair}

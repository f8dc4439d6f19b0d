"""What is typed is understood, or refused with why and where."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_chat.desk.errors import BadQuery
from support_chat.desk.search.query import OPERATORS, Condition, Query, Term, folded, parse, units, words_of

words = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
anything = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
typed = st.one_of(
    anything, st.lists(st.sampled_from([*OPERATORS, ":", '"', "-", " ", "a", "é", "x1", "\n"])).map("".join)
)


def refused(query: str) -> dict[str, Any]:
    with pytest.raises(BadQuery) as refusal:
        parse(query)
    return refusal.value.details


def test_words_phrases_and_operators_are_told_apart() -> None:
    query = parse('Refund -shipping "at the Door" from:Visitor queue:"Big orders" -is:open tür ')
    assert query.terms == (
        Term(("refund",)),
        Term(("shipping",), without=True),
        Term(("at", "the", "door")),
        Term(("tur",)),
    )
    assert query.conditions == (
        Condition("from", "Visitor"),
        Condition("queue", "Big orders"),
        Condition("is", "open", without=True),
    )


@pytest.mark.parametrize(
    ("query", "begun"),
    [("ref", True), ("ref ", False), ("r", False), ('"ref"', False), ("-ref", False), ("ref.", False)],
)
def test_only_the_last_word_while_it_is_typed_is_looked_for_by_its_begin(query: str, begun: bool) -> None:
    assert parse(query).terms[-1].begun is begun


def test_what_is_joined_by_signs_stands_in_a_row() -> None:
    assert parse("order-4711, ").terms == (Term(("order", "4711")),)
    assert parse("anna@shop.example ").terms == (Term(("anna", "shop", "example")),)
    assert parse("https://shop.example/a ").terms == (Term(("https", "shop", "example", "a")),)
    assert parse("12:30 ").terms == (Term(("12", "30")),)


@pytest.mark.parametrize(
    ("query", "why", "part"),
    [
        ("a foo:bar", "unknown_operator", "foo"),
        ("a from: b", "no_value", "from:"),
        ('a from:""', "no_value", 'from:""'),
        ('a "b c', "unclosed_quote", '"b c'),
        ("is:lost", "bad_value", "is:lost"),
        ("has:dog", "bad_value", "has:dog"),
        ("before:yesterday", "bad_day", "before:yesterday"),
        ("after:2026-02-30", "bad_day", "after:2026-02-30"),
        ("... -", "nothing", "... -"),
        ("🎉 foo:bar", "unknown_operator", "foo"),
        ("a b c d e f g h i j k l m", "too_many_words", "a b c d e f g h i j k l m"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_why_and_where(query: str, why: str, part: str) -> None:
    assert refused(query) == {"why": why, "at": units(query[: query.index(part)]), "length": units(part)}


@given(typed)
def test_whatever_is_typed_is_understood_or_refused_in_place(query: str) -> None:
    try:
        found = parse(query)
    except BadQuery as refusal:
        at, length = int(str(refusal.details["at"])), int(str(refusal.details["length"]))
        assert 0 <= at <= at + length <= units(query)
    else:
        assert isinstance(found, Query)
        assert all(
            word and word == folded(word) and word.isalnum() for term in found.terms for word in term.words
        )


@given(
    st.lists(words, min_size=1, max_size=4),
    st.lists(words, max_size=4),
    st.lists(words, min_size=1, max_size=3),
)
def test_what_is_written_in_this_language_is_read_back(
    wanted: list[str], unwanted: list[str], phrase: list[str]
) -> None:
    written = " ".join([*wanted, *(f"-{word}" for word in unwanted), f'"{" ".join(phrase)}"', "tag:vip"])
    query = parse(written)
    assert [term.words for term in query.wanted] == [*((word,) for word in wanted), tuple(phrase)]
    assert [term.words for term in query.unwanted] == [(word,) for word in unwanted]
    assert query.values("tag") == {"vip"}


@given(anything)
def test_capitals_and_accents_make_no_difference_and_folding_twice_is_folding_once(text: str) -> None:
    assert all(folded(word) == word for word in words_of(text))
    assert words_of("ÉTÉ İzmir Straße") == ("ete", "izmir", "straße")

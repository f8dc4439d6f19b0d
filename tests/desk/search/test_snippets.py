"""What a finding shows of a text, and where in it what was looked for stands."""

from hypothesis import given
from hypothesis import strategies as st

from support_chat.desk.search.query import Term, folded, parse
from support_chat.desk.search.snippets import LONGEST, snippet

texts = st.text(st.sampled_from("aábÄ z\n.🎉e\u0301-"), max_size=400)


def cut(text: str, at: int, length: int) -> str:
    """As a browser does it."""
    return text.encode("utf-16-le")[2 * at : 2 * (at + length)].decode("utf-16-le")


def marked(text: str, query: str) -> list[str]:
    shown, marks = snippet([text], parse(query).wanted)
    return [cut(shown, *mark) for mark in marks]


def test_words_are_marked_as_they_stand_in_the_text() -> None:
    assert marked("Rückgabe? My RUCKGABE, please.", "rückgabe ") == ["Rückgabe", "RUCKGABE"]
    assert marked("🎉 Refunds are refunded", "refu") == ["Refunds", "refunded"]
    assert marked("Refunds are slow", "refund ") == []


def test_a_phrase_is_marked_only_where_its_words_stand_in_a_row() -> None:
    assert marked("at the door, the old door", '"the door"') == ["the door"]


def test_a_long_text_is_cut_around_the_first_word_that_was_looked_for() -> None:
    shown, marks = snippet(["word " * 100 + "needle" + " word" * 100], parse("needle").wanted)
    assert shown.startswith("…word")
    assert shown.endswith("…")
    assert len(shown) <= LONGEST + 2
    assert [cut(shown, *mark) for mark in marks] == ["needle"]


def test_of_several_texts_the_one_is_shown_that_holds_it() -> None:
    assert snippet(["Here you are", "invoice_2026.pdf"], parse("invoice").wanted) == (
        "invoice_2026.pdf",
        [(0, 7)],
    )
    assert snippet(["Here you are", "invoice.pdf"], ()) == ("Here you are", [])
    assert snippet([], parse("a").wanted) == ("", [])


@given(texts, st.sampled_from(["a", "b", "ab", "z"]), st.booleans())
def test_whatever_is_marked_is_what_was_looked_for(text: str, word: str, begun: bool) -> None:
    shown, marks = snippet([text], [Term((word,), begun=begun)])
    end = 0
    for at, length in marks:
        found = folded(cut(shown, at, length))
        assert found == word or (begun and found.startswith(word))
        assert at >= end
        end = at + length

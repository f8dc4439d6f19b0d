"""Words and phrases in the languages of the two indexes. A word is of letters and digits alone: nothing in it
has a meaning there."""

from collections.abc import Iterable

from support_chat.desk.search.query import Term


def tsquery(wanted: Iterable[Term], unwanted: Iterable[Term] = ()) -> str:
    """As PostgreSQL's to_tsquery reads it."""
    parts = [_tsquery(term) for term in wanted]
    return " & ".join([*parts, *(f"!({_tsquery(term)})" for term in unwanted)])


def _tsquery(term: Term) -> str:
    *before, last = (f"'{word}'" for word in term.words)
    return " <-> ".join([*before, f"{last}:*" if term.begun else last])


def fts5(terms: Iterable[Term], *, every: bool = True) -> str:
    """As FTS5 reads it: all of them, or any."""
    parts = (f'"{" ".join(term.words)}"{" *" if term.begun else ""}' for term in terms)
    return (" AND " if every else " OR ").join(parts)

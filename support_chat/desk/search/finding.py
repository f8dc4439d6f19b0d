"""Search: what was said, who said it and in which chats, as far as this member of staff may read it. The
newest comes first: an agent looks for what was just now, and time is an order that pages keep."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final

from django.db import OperationalError, connection, transaction

from support_chat.desk.access import Staff
from support_chat.desk.bodies import body_of
from support_chat.desk.errors import TakesTooLong
from support_chat.desk.models import Conversation, Entry, Visitor
from support_chat.desk.search.cursors import cursor, key_in
from support_chat.desk.search.operators import OF_ENTRIES
from support_chat.desk.search.query import Query, Term, parse
from support_chat.desk.search.scope import chats_to_search, may_read
from support_chat.desk.search.snippets import said_in, snippet
from support_chat.desk.search.statements import NEWEST, Asked, Keys, chats, entries, people
from support_chat.desk.vendor import SQLITE
from support_chat.settings.chat import SEARCH_PAGE, SEARCH_PEOPLE, SEARCH_TIMEOUT_MS

Form = dict[str, Any]

_STEPS: Final = 10_000  # of SQLite's machine between two looks at the clock: some 0.1 ms
# Row by row and by index: no estimate of how many there are may turn a page of twenty into a whole table.
_PLAINLY: Final = f"""SET LOCAL statement_timeout = {SEARCH_TIMEOUT_MS}; SET LOCAL enable_seqscan = off;
SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off"""
_NEEDS: Final = ("visitor", "queue", "owner__user", "last_owner__user")


def search(staff: Staff, typed: str, after: str | None = None) -> Form:
    """A page of findings, the newest first; on the first one people too. `after` is where the page before
    ended. BadQuery, BadField and TakesTooLong."""
    query = parse(typed)
    before = NEWEST if after is None else key_in(typed, after)
    asks_entries = bool(query.terms) or any(each.name in OF_ENTRIES for each in query.conditions)
    with _patience():
        queues, others = chats_to_search(staff)
        asked = Asked(query=query, sites=staff.sites, queues=queues, chats=others, before=before)
        keys = (entries if asks_entries else chats)(asked, SEARCH_PAGE)
        who = people(asked, SEARCH_PEOPLE) if after is None and _names_somebody(query) else []
        return {
            "people": _people(staff, who, query.wanted),
            "found": _entries(staff, keys, query.wanted) if asks_entries else _chats(staff, keys),
            "after": None if keys.older is None else cursor(typed, keys.older),
        }


def _names_somebody(query: Query) -> bool:
    return bool(query.wanted) and not any(each.name in OF_ENTRIES for each in query.conditions)


@contextmanager
def _patience() -> Iterator[None]:
    """Whatever is read inside may not take longer than somebody waits. TakesTooLong."""
    bounds = _bounded_sqlite if SQLITE else _bounded_postgresql
    try:
        with bounds():
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == "57014" or "interrupted" in str(error):
            raise TakesTooLong from error
        raise


@contextmanager
def _bounded_postgresql() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_PLAINLY)
        yield


@contextmanager
def _bounded_sqlite() -> Iterator[None]:
    connection.ensure_connection()
    until = monotonic() + SEARCH_TIMEOUT_MS / 1000
    connection.connection.set_progress_handler(lambda: monotonic() > until, _STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


def _entries(staff: Staff, keys: Keys, terms: Sequence[Term]) -> list[Form]:
    needs = ("body", *(f"conversation__{each}" for each in _NEEDS))
    rows = Entry.objects.select_related(*needs).in_bulk(keys.found)
    found = (rows[key] for key in keys.found if key in rows)
    return [_entry(entry, terms) for entry in found if may_read(staff, entry.conversation)]


def _entry(entry: Entry, terms: Sequence[Term]) -> Form:
    body = body_of(entry)
    text, marks = snippet(said_in(body), terms)
    return {
        **_chat(entry.conversation),
        "kind": "message" if entry.kind == "edited" else entry.kind,
        "position": body.get("of", entry.position),  # where what it says by now is shown
        "author": {"role": entry.author_role, "name": entry.author_name},
        "at": _written(entry.at),
        "text": text,
        "marks": marks,
    }


def _chats(staff: Staff, keys: Keys) -> list[Form]:
    rows = Conversation.objects.select_related(*_NEEDS).in_bulk(keys.found)
    found = (rows[key] for key in keys.found if key in rows)
    return [_whole(chat, chat.last_words.get("text", "")) for chat in found if may_read(staff, chat)]


def _people(staff: Staff, who: Sequence[tuple[int, int]], terms: Sequence[Term]) -> list[Form]:
    rows = Conversation.objects.select_related(*_NEEDS).in_bulk([chat for _, chat in who])
    found = [rows[chat] for _, chat in who if chat in rows]
    return [_person(chat, terms) for chat in found if may_read(staff, chat)]


def _person(chat: Conversation, terms: Sequence[Term]) -> Form:
    text, marks = snippet([" · ".join(_known(chat.visitor, chat))], terms)
    return {**_whole(chat, text), "kind": "person", "marks": marks, "who": chat.visitor.public_id}


def _known(visitor: Visitor, chat: Conversation) -> list[str]:
    claimed = [str(visitor.claimed.get(name, "")) for name in ("name", "email")]
    known = (visitor.called, visitor.email, chat.reply_to, visitor.subject, visitor.name, *claimed)
    return list(dict.fromkeys(each for each in known if each))


def _whole(chat: Conversation, text: str) -> Form:
    """A chat that is found for what it is; it is opened at its end."""
    whole = {"kind": "chat", "position": chat.position, "author": None, "at": _written(chat.last_at)}
    return {**_chat(chat), **whole, "text": text, "marks": []}


def _chat(chat: Conversation) -> Form:
    agent = chat.owner or chat.last_owner
    return {
        "conversation": chat.public_id,
        "state": chat.state,
        "visitor": chat.visitor.called,
        "queue": chat.queue.name,
        "agent": agent.user.name if agent else None,
    }


def _written(at: Any) -> str:
    return str(at.isoformat(timespec="milliseconds").replace("+00:00", "Z"))

"""Every invariant is broken once, behind the product's back, and seen by its name."""

from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from support_chat.desk.access import Staff, author_for, author_of, staff_of
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import close_conversation, start_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.integrity import check_integrity, logs, mend_rows, rows
from support_chat.desk.ledger import write
from support_chat.desk.log_guard import UNGUARD
from support_chat.desk.models import (
    Agent,
    AgentProfile,
    Change,
    Conversation,
    Entry,
    Membership,
    Queue,
    Reader,
    Site,
    User,
    Visitor,
)
from support_chat.desk.posting import Mark, Posting
from tests.desk.people import house, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    site = Site.objects.create(name="Shop")
    Queue.objects.create(site=site, name="Help", is_default=True)
    return site


@pytest.fixture
def staff(site: Site) -> Staff:
    user = User.objects.create(username="ana", first_name="Ana", last_name="Lima")
    agent = Agent.objects.create(user=user, capacity=5)
    AgentProfile.objects.create(agent=agent, site=site, public_name="Ana")
    Membership.objects.create(user=user, site=site, role=Membership.Role.AGENT)
    return staff_of(user)


@pytest.fixture
def chat(site: Site, staff: Staff) -> Conversation:
    """Six entries: opened, message, assigned, note, message, message; read by the team."""
    visitor = a_visitor(site, "Amber Otter")
    conversation, _, _ = start_conversation(visitor=visitor, client_id=uuid4(), body=" Where is it?\n")
    accept_conversation(staff=staff, conversation=conversation.pk, client_id=uuid4())
    add_note(staff=staff, conversation=conversation.pk, client_id=uuid4(), body="Third time this week.")
    assert staff.agent is not None
    author = author_for(staff.agent, site)
    mine = Posting(
        conversation=conversation.pk, author=author, client_id=uuid4(), body="Hi", owner=staff.agent.pk
    )
    theirs = Posting(
        conversation=conversation.pk,
        author=author_of(visitor),
        client_id=uuid4(),
        body="Thanks",
        visitor=visitor.pk,
    )
    write([mine, theirs, Mark(conversation=conversation.pk, role="agent", position=6, visible=5, seen=2)])
    conversation.refresh_from_db()
    assert conversation.position == 6
    return conversation


def a_visitor(site: Site, name: str) -> Visitor:
    return Visitor.objects.create(site=site, name=name, token_sha256=uuid4().hex)


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def unguarded(*statements: str) -> None:
    """Changes the log, which the database refuses as long as its guards stand."""
    execute(*UNGUARD[connection.vendor], *statements)


def unchecked(constraint: str, statement: str) -> None:
    """Breaks a rule that the database itself holds."""
    if connection.vendor == "sqlite":
        execute("PRAGMA ignore_check_constraints = ON", statement, "PRAGMA ignore_check_constraints = OFF")
    else:
        drop = f"ALTER TABLE desk_conversation DROP CONSTRAINT {constraint}"
        execute("SET CONSTRAINTS ALL IMMEDIATE", drop, statement)


def found() -> set[str]:
    return set(check_integrity().broken)


def test_what_the_product_writes_breaks_nothing(chat: Conversation, staff: Staff) -> None:
    close_conversation(staff=staff, conversation=chat.pk, client_id=uuid4())
    findings = check_integrity()
    assert findings.broken == {}
    assert findings.by_name[logs.STAFF_CHAIN].checked == 7
    assert findings.by_name[logs.ROWS].checked == 1


LOG_BREAKS = {
    "a body changed": (
        logs.BODIES,
        """UPDATE desk_entrybody SET text = '{"text":"Nowhere"}'
           WHERE entry_id IN (SELECT id FROM desk_entry WHERE position = 2)""",
    ),
    "a body gone": (
        logs.BODIES,
        "DELETE FROM desk_entrybody WHERE entry_id IN (SELECT id FROM desk_entry WHERE position = 4)",
    ),
    "a position skipped": (logs.POSITIONS, "UPDATE desk_entry SET position = 60 WHERE position = 6"),
    "an entry renamed": (logs.STAFF_CHAIN, "UPDATE desk_entry SET author_name = 'Eve' WHERE position = 4"),
    "a public name changed": (
        logs.VISIBLE_CHAIN,
        "UPDATE desk_entry SET public_name = 'Eve' WHERE position = 5",
    ),
    "a note shown": (logs.KINDS, "UPDATE desk_entry SET shown = true, visible = 9 WHERE position = 4"),
    "a visible count wrong": (logs.VISIBLE, "UPDATE desk_entry SET visible = 7 WHERE position = 6"),
    "a running count wrong": (logs.COUNTS, "UPDATE desk_entry SET visitor_messages = 9 WHERE position = 6"),
    "a time before its elder": (
        logs.TIMES,
        "UPDATE desk_entry SET at = '2001-01-01 00:00:00+00:00' WHERE position = 5",
    ),
}


@pytest.mark.parametrize(("invariant", "statement"), LOG_BREAKS.values(), ids=list(LOG_BREAKS))
def test_a_log_that_was_changed_is_named(chat: Conversation, invariant: str, statement: str) -> None:
    if invariant == logs.POSITIONS:  # or the row would not reach so far
        execute("UPDATE desk_conversation SET position = 60")
    unguarded(statement)
    finding = check_integrity().broken[invariant]
    assert finding.broken == 1
    assert chat.public_id in finding.examples[0]


def test_a_client_id_that_made_two_entries_is_named(chat: Conversation) -> None:
    first = Entry.objects.get(position=2)
    assert first.client_id is not None
    value = first.client_id.hex if connection.vendor == "sqlite" else str(first.client_id)
    execute("DROP INDEX one_entry_a_client_id")
    unguarded(f"UPDATE desk_entry SET client_id = '{value}' WHERE position = 6")
    assert logs.ONCE in found()


def test_a_log_that_lost_its_last_entry_is_named(chat: Conversation) -> None:
    unguarded(
        "DELETE FROM desk_entrybody WHERE entry_id IN (SELECT id FROM desk_entry WHERE position = 6)",
        "DELETE FROM desk_entry WHERE position = 6",
    )
    assert logs.ROWS in found()


def test_an_entry_beyond_its_row_is_named(chat: Conversation) -> None:
    execute("UPDATE desk_conversation SET position = 5")
    assert logs.BEYOND in found()


PROJECTED = {
    "visible": "4",
    "mark": "'0'",
    "visible_mark": "'0'",
    "chain": "'0'",
    "visible_chain": "'0'",
    "visitor_messages": "7",
    "team_messages": "7",
    "last_at": "'2001-01-01 00:00:00+00:00'",
    "last_words": """'{"text": "else"}'""",
    "waiting_since": "NULL",
    "opened_at": "'2001-01-01 00:00:00+00:00'",
    "queued_at": "NULL",
    "assigned_at": "NULL",
    "first_reply_at": "NULL",
    "closed_at": "'2001-01-01 00:00:00+00:00'",
    "rating": "5",
}


@pytest.mark.parametrize(("column", "value"), PROJECTED.items())
def test_a_row_that_does_not_follow_from_its_log_is_named_with_its_column(
    chat: Conversation, column: str, value: str
) -> None:
    execute(f"UPDATE desk_conversation SET {column} = {value}")
    finding = check_integrity().broken[logs.ROWS]
    assert finding.examples == [f"chat {chat.public_id}: {column}"]


def test_a_row_that_names_another_owner_or_queue_than_its_log_is_named(
    chat: Conversation, site: Site
) -> None:
    other = Agent.objects.create(user=User.objects.create(username="ben"))
    queue = Queue.objects.create(site=site, name="Other")
    execute(f"UPDATE desk_conversation SET owner_id = {other.pk}, queue_id = {queue.pk}")
    assert check_integrity().broken[logs.ROWS].examples == [f"chat {chat.public_id}: queue, owner"]


def test_an_active_chat_without_an_owner_is_named(chat: Conversation) -> None:
    unchecked("an_owner_exactly_while_active", "UPDATE desk_conversation SET owner_id = NULL")
    assert rows.OWNER in found()


def test_a_place_in_the_queue_of_a_chat_that_does_not_wait_is_named(chat: Conversation) -> None:
    unchecked("a_sort_key_exactly_while_it_waits", "UPDATE desk_conversation SET sort_key = 5")
    assert rows.PLACE in found()


def test_an_agent_with_more_chats_than_they_may_hold_is_named(chat: Conversation) -> None:
    execute("UPDATE desk_agent SET capacity = 0")
    assert rows.CAPACITY in found()


def test_a_second_open_chat_of_a_visitor_is_named(chat: Conversation, site: Site) -> None:
    start_conversation(visitor=a_visitor(site, "Blue Fox"), client_id=uuid4(), body="Hello")
    execute(
        "DROP INDEX one_open_conversation_a_visitor",
        f"UPDATE desk_conversation SET visitor_id = {chat.visitor_id}",
    )
    assert rows.OPEN_ONCE in found()


def test_a_chat_in_another_sites_queue_is_named(chat: Conversation) -> None:
    other = Queue.objects.create(site=Site.objects.create(name="Other"), name="Help")
    execute(f"UPDATE desk_conversation SET queue_id = {other.pk}")
    assert rows.SITES in found()


@pytest.mark.parametrize("column", ["position", "visible", "seen"])
def test_a_read_mark_beyond_the_end_is_named(chat: Conversation, column: str) -> None:
    Reader.objects.filter(role="agent").update(**{column: 99})
    assert found() == {rows.READERS}


def test_a_gap_in_a_writers_changes_is_named(chat: Conversation) -> None:
    middle = Change.objects.order_by("n")[1]
    middle.delete()
    assert found() == {rows.TURNS}


def test_an_erased_body_breaks_nothing(chat: Conversation) -> None:
    execute("UPDATE desk_entrybody SET text = ''")
    assert logs.BODIES not in found()


def test_many_chats_are_read_a_few_at_a_time(
    chat: Conversation, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "CHATS_AT_ONCE", 2)
    for number in range(5):
        start_conversation(visitor=a_visitor(site, f"Visitor {number}"), client_id=uuid4(), body="Hello")
    findings = check_integrity()
    assert findings.broken == {}
    assert findings.by_name[logs.ROWS].checked == 6


def test_the_command_prints_a_table_and_fails_when_something_is_broken(
    chat: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_integrity")
    assert logs.STAFF_CHAIN in capsys.readouterr().out
    execute("UPDATE desk_agent SET capacity = 0")
    with pytest.raises(CommandError, match="broken") as failure:
        call_command("check_integrity")
    assert failure.value.returncode == 1


def test_rows_are_brought_in_line_with_their_logs_and_proof_is_never_written_anew() -> None:
    shop = house()
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    say(chat, "Hello to you", by=ana)
    Conversation.objects.update(replied=False, team_at=None, place_key=None, visitor_messages=7)
    assert mend_rows() == 1
    chat.refresh_from_db()
    assert (chat.replied, chat.team_at is None, chat.place_key is None) == (True, False, False)
    assert chat.visitor_messages == 7
    assert mend_rows() == 0
    assert check_integrity().broken, "what is proof stays as it is, and is still told"

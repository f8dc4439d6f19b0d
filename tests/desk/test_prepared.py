"""What a message costs the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from support_chat.desk.access import author_of
from support_chat.desk.ledger import write
from support_chat.desk.models import Conversation
from support_chat.desk.posting import Posted, Posting
from tests.desk.people import house, say

pytestmark = pytest.mark.django_db

JOURNEYS = {"postgresql": 2, "sqlite": 0}
STATEMENTS = {"postgresql": 3, "sqlite": 7}  # beside the beginning and the end


def planned() -> list[str]:
    """What this connection to PostgreSQL has prepared."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return sorted(statement for (statement,) in cursor.fetchall())


@contextmanager
def journeys(path: Path) -> Iterator[Callable[[], int]]:
    """How often PostgreSQL was waited for, by what its driver sent to it. SQLite is no journey away."""
    if connection.vendor == "sqlite":
        yield lambda: 0
        return
    driver = connection.connection.pgconn
    with path.open("wb") as sent:
        driver.trace(sent.fileno())
        try:
            yield lambda: sum("\tSync" in line for line in path.read_text().splitlines())
        finally:
            driver.untrace()


def words(chat: Conversation) -> Posting:
    author = author_of(chat.visitor)
    return Posting(
        conversation=chat.pk, author=author, client_id=uuid4(), body="Hello", visitor=chat.visitor_id
    )


def test_whatever_is_said_after_the_first_message_is_planned_already() -> None:
    shop = house()
    chat, other = shop.chat(), shop.chat()
    say(chat, "one")
    known = planned()
    assert len(known) >= (3 if connection.vendor == "postgresql" else 0)
    say(other, "another")
    write([words(chat), words(other), words(chat)])
    assert planned() == known


@pytest.mark.django_db(transaction=True)
def test_a_message_is_two_journeys(tmp_path: Path) -> None:
    """The rows, held; and all that is written. BEGIN and COMMIT go with them."""
    chat = house().chat()
    write([words(chat)])
    with journeys(tmp_path / "sent") as made:
        write([words(chat)])
    assert made() == JOURNEYS[connection.vendor]


@pytest.mark.parametrize("count", [1, 30])
def test_a_batch_costs_what_one_message_does(
    count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    shop = house()
    batch = [words(shop.chat()) for _ in range(count)]
    with django_assert_num_queries(STATEMENTS[connection.vendor] + 2):
        outcomes = write(batch)
    assert all(isinstance(each, Posted) for each in outcomes)

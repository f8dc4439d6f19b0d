"""Whatever a manager asks for and whatever lies in a log, a page comes: found, refused or not there."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from agents.transcripts.formats import DOWNLOADS, EXPORTS
from agents.transcripts.words import KINDS, line_of
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.bodies import UNREADABLE
from support_chat.desk.models import Conversation, Membership, User
from tests.agents.conftest import as_user
from tests.desk.people import House, house, say

pytestmark = pytest.mark.django_db
ALL = ("--from=0001-01-01", "--to=9999-12-31")


@pytest.fixture
def shop() -> House:
    made = house("Shop")
    made.site.time_zone = "Pacific/Auckland"
    made.site.save()
    return made


@pytest.fixture
def mia(shop: House) -> Client:
    user = User.objects.create(username="mia")
    Membership.objects.create(user=user, site=shop.site, role=Membership.Role.MANAGER)
    return as_user(user)


@pytest.fixture
def chat(shop: House) -> Conversation:
    """Closed; its second message is spoiled, and what it says of its agent and its end."""
    ana, chat = shop.staff("ana"), shop.chat(body="Hello")
    accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    say(chat, "spoiled soon")
    say(chat, "Thanks")
    close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    texts = {3: '{"agent":7}', 4: '{"text":["<b>"]}', 6: '{"cause":[]}'}
    for entry in chat.entries.filter(position__in=texts):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE desk_entrybody SET text = %s WHERE entry_id = %s", [texts[entry.position], entry.pk]
            )
    return chat


def test_a_chat_with_spoiled_rows_is_found_read_and_taken_away(
    mia: Client, chat: Conversation, tmp_path: Path
) -> None:
    assert chat.public_id in mia.get(reverse("transcripts")).content.decode()
    pages = [mia.get(reverse("transcript", args=[chat.public_id]))]
    pages += [mia.get(reverse("transcript-download", args=[chat.public_id, each])) for each in DOWNLOADS]
    read = [page.content.decode() for page in pages]
    for each in EXPORTS:
        file = tmp_path / f"chats.{each}"
        call_command("export_transcripts", *ALL, f"--format={each}", f"--out={file}")
        read.append(file.read_text())
    for text in read:
        assert text.count(UNREADABLE) == 1
        assert "Hello" in text
        assert "Thanks" in text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_entry_is_one_line_also_where_nothing_of_it_can_be_read(kind: str) -> None:
    assert line_of(kind, role="agent", name="Ana", body={})


STRANGE = ["\x00", "%_%_%", "' OR 1=1 --", "9" * 5_000, "\ud7ff\uffff", "../../etc", "\u202e", "1e309", "{}"]
DAYS = ["0001-01-01", "9999-12-31", "2026-02-30", "-1", "0000-00-00", "9" * 400, "\x00", "2026-11-24T25:00"]


@pytest.mark.parametrize("field", ["since", "until", "queue", "agent", "visitor", "after", "unknown"])
def test_no_search_breaks_the_page(mia: Client, chat: Conversation, field: str) -> None:
    for value in DAYS if field in ("since", "until") else STRANGE:
        page = mia.get(reverse("transcripts"), {field: value})
        assert page.status_code in (200, 400), (field, value[:20])


def test_ten_thousand_years_are_a_range_like_any_other(mia: Client, chat: Conversation) -> None:
    page = mia.get(reverse("transcripts"), {"since": "0001-01-01", "until": "9999-12-31"})
    assert chat.public_id in page.content.decode()


@pytest.mark.parametrize("name", ["%00", "%F0%9F%98%80", "'--", "x" * 3_000])
def test_a_chat_by_a_name_that_is_none_is_not_there(mia: Client, chat: Conversation, name: str) -> None:
    known = reverse("transcript", args=[chat.public_id])
    assert mia.get(known.replace(chat.public_id, name)).status_code == 404


def test_a_page_far_beyond_the_end_is_the_first_one(mia: Client, chat: Conversation) -> None:
    page = mia.get(reverse("transcripts"), {"page": "1000000000", "limit": "1000000000", "order": "-salt"})
    assert chat.public_id in page.content.decode()

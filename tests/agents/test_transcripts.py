"""Managers find, read and take away the chats of their own sites; nobody else does."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from agents.transcripts import search
from agents.transcripts.formats import as_text
from agents.transcripts.transcript import RELATED, transcripts
from support_chat.desk.access import Staff
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.past_chats import PastChat, PastLine, bring_in
from support_chat.desk.models import Conversation, Membership, User, Visitor
from tests.agents.conftest import as_user
from tests.desk.people import House, house, say

pytestmark = pytest.mark.django_db

WORDS = " <b>Where</b> is\nmy order? "
NOTE = "Third time this week."


@pytest.fixture
def shop() -> House:
    made = house("Shop")
    made.site.time_zone = "Europe/Berlin"
    made.site.save()
    return made


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana")


@pytest.fixture
def mia(shop: House) -> Client:
    return as_user(member(shop, "mia", Membership.Role.MANAGER))


@pytest.fixture
def chat(shop: House, ana: Staff) -> Conversation:
    return closed_chat(shop, ana)


def member(place: House, name: str, role: str) -> User:
    user = User.objects.create(username=name)
    Membership.objects.create(user=user, site=place.site, role=role)
    return user


def closed_chat(place: House, staff: Staff) -> Conversation:
    chat = place.chat(body=WORDS)
    accept_conversation(staff=staff, conversation=chat.pk, client_id=uuid4())
    add_note(staff=staff, conversation=chat.pk, client_id=uuid4(), body=NOTE)
    say(chat, "On its way", by=staff)
    close_conversation(staff=staff, conversation=chat.pk, client_id=uuid4())
    return Conversation.objects.select_related(*RELATED).get(pk=chat.pk)


def past_chat(place: House, staff: Staff, closed: datetime, *, tags: tuple[str, ...] = ()) -> Conversation:
    """A chat of an hour that ended then."""
    began = closed - timedelta(hours=1)
    lines = [
        PastLine(at=began, kind="opened", role="visitor"),
        PastLine(at=began, kind="message", role="visitor", body={"text": "Hello"}),
        PastLine(at=began, kind="assigned", role="system", agent=staff.agent),
        PastLine(
            at=closed, kind="closed", role="agent", agent=staff.agent, body={"cause": "agent closed it"}
        ),
    ]
    chat = PastChat(visitor=place.visitor(), queue=place.queue, tags=tags, lines=lines)
    return bring_in(site=place.site, chats=[chat])[0]


def addresses(chat: Conversation) -> list[str]:
    return [
        reverse("transcript", args=[chat.public_id]),
        *(reverse("transcript-download", args=[chat.public_id, name]) for name in ("txt", "json")),
    ]


def found_by(manager: Client, **asked: str) -> list[str]:
    page = manager.get(reverse("transcripts"), asked)
    assert page.status_code == 200
    return [row.public_id for row, _ in page.context["rows"]]


def test_a_manager_reads_what_was_said_in_the_words_of_the_console(mia: Client, chat: Conversation) -> None:
    page = mia.get(reverse("transcript", args=[chat.public_id])).content.decode()
    said = ["The chat began", " &lt;b&gt;Where&lt;/b&gt; is\nmy order? ", "Ana Costa accepted the chat"]
    places = [page.index(words) for words in [*said, "On its way", "Ana Costa closed the chat"]]
    assert places == sorted(places)


def test_the_downloaded_text_holds_what_the_page_shows(mia: Client, chat: Conversation) -> None:
    answer = mia.get(reverse("transcript-download", args=[chat.public_id, "txt"]))
    assert answer.content.decode() == as_text(next(transcripts([chat])))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="chat-20')
    assert "     <b>Where</b> is\n    my order? \n" in answer.content.decode()


def test_the_downloaded_json_keeps_every_text_byte_for_byte_and_every_time_its_zone(
    mia: Client, chat: Conversation
) -> None:
    found = json.loads(mia.get(reverse("transcript-download", args=[chat.public_id, "json"])).content)
    assert [line["text"] for line in found["lines"] if line["kind"] == "message"] == [WORDS, "On its way"]
    assert found["time_zone"] == "Europe/Berlin"
    at = datetime.fromisoformat(found["lines"][0]["at"])
    assert at.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    assert abs(at - chat.opened_at) < timedelta(milliseconds=1)


def test_notes_come_only_when_asked_for_and_leave_no_gap(mia: Client, chat: Conversation) -> None:
    for address in addresses(chat):
        assert NOTE not in mia.get(address).content.decode()
        assert NOTE in mia.get(address, {"notes": "1"}).content.decode()
    without = json.loads(mia.get(reverse("transcript-download", args=[chat.public_id, "json"])).content)
    assert [line["position"] for line in without["lines"]] == [1, 2, 3, 4, 5]


def test_no_page_of_transcripts_is_stored_framed_or_lets_foreign_code_in(
    mia: Client, chat: Conversation
) -> None:
    for address in [reverse("transcripts"), *addresses(chat)]:
        answer = mia.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_who_is_not_signed_in_is_sent_to_sign_in(chat: Conversation) -> None:
    for address in [reverse("transcripts"), *addresses(chat)]:
        assert Client().get(address)["Location"].startswith("/accounts/login/")


def test_an_agent_and_a_stranger_are_refused_in_plain_words(shop: House, chat: Conversation) -> None:
    agent = member(shop, "ben", Membership.Role.AGENT)
    stranger = User.objects.create(username="eve")
    for user in (agent, stranger):
        for address in [reverse("transcripts"), *addresses(chat)]:
            answer = as_user(user).get(address)
            assert answer.status_code == 403
            assert WORDS.strip() not in answer.content.decode()


def test_a_manager_of_another_site_finds_nothing_of_ours(chat: Conversation) -> None:
    other = as_user(member(house("Other"), "max", Membership.Role.MANAGER))
    assert found_by(other) == []
    for address in addresses(chat):
        assert other.get(address).status_code == 404


def test_what_is_open_is_not_listed(mia: Client, shop: House, chat: Conversation) -> None:
    shop.chat()
    assert found_by(mia) == [chat.public_id]


def test_the_newest_come_first_and_pages_leave_nothing_out(
    mia: Client, shop: House, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PAGE", 2)
    same = datetime(2026, 3, 1, 12, tzinfo=UTC)
    chats = [past_chat(shop, ana, same) for _ in range(3)]
    chats += [past_chat(shop, ana, same + timedelta(days=day)) for day in (1, 2)]
    expected = [chat.public_id for chat in (chats[4], chats[3], chats[2], chats[1], chats[0])]
    seen, after = [], ""
    for _ in range(3):
        page = found_by(mia, after=after)
        seen += page
        after = page[-1]
    assert seen == expected


def test_days_are_those_of_the_sites_own_clock(mia: Client, shop: House, ana: Staff) -> None:
    chat = past_chat(shop, ana, datetime(2026, 3, 1, 23, 30, tzinfo=UTC))  # 2 March in Berlin
    assert found_by(mia, since="2026-03-02", until="2026-03-02") == [chat.public_id]
    assert found_by(mia, until="2026-03-01") == []
    assert found_by(mia, since="2026-03-03") == []


def test_chats_are_found_by_queue_agent_and_a_part_of_the_visitors_name(
    mia: Client, shop: House, chat: Conversation, ana: Staff
) -> None:
    assert ana.agent is not None
    name = chat.visitor.name.split()[-1].lower()
    assert found_by(mia, queue=shop.queue.public_id) == [chat.public_id]
    assert found_by(mia, agent=ana.agent.public_id) == [chat.public_id]
    assert found_by(mia, visitor=name) == [chat.public_id]
    assert found_by(mia, visitor="nobody%") == []
    Visitor.objects.update(full_name="Bea Lind")
    assert found_by(mia, visitor="lind") == found_by(mia, visitor=name) == [chat.public_id]


@pytest.mark.parametrize(
    "asked", [{"since": "soon"}, {"since": "2026-03-02", "until": "2026-03-01"}, {"queue": "elsewhere"}]
)
def test_what_cannot_be_asked_is_answered_in_words(mia: Client, asked: dict[str, str]) -> None:
    answer = mia.get(reverse("transcripts"), asked)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_a_format_that_is_not_offered_is_not_there(mia: Client, chat: Conversation) -> None:
    assert mia.get(reverse("transcript-download", args=[chat.public_id, "exe"])).status_code == 404


Export = Callable[..., str]


@pytest.fixture
def export(capsys: pytest.CaptureFixture[str]) -> Export:
    def run(*more: str, since: str = "2026-03-01", until: str = "2026-03-31") -> str:
        call_command("export_transcripts", "--from", since, "--to", until, *more)
        return capsys.readouterr().out

    return run


def ids(jsonl: str) -> list[str]:
    return [json.loads(line)["id"] for line in jsonl.splitlines()]


def test_a_range_is_exported_in_the_order_it_was_closed(shop: House, ana: Staff, export: Export) -> None:
    chats = [past_chat(shop, ana, datetime(2026, 3, day, 12, tzinfo=UTC)) for day in (5, 1, 31)]
    past_chat(shop, ana, datetime(2026, 4, 1, 12, tzinfo=UTC))
    assert ids(export("--format", "jsonl")) == [chats[1].public_id, chats[0].public_id, chats[2].public_id]


def test_an_export_is_narrowed_by_site_queue_agent_and_tag(shop: House, ana: Staff, export: Export) -> None:
    noon = datetime(2026, 3, 5, 12, tzinfo=UTC)
    tagged = past_chat(shop, ana, noon, tags=("refund",))
    plain = past_chat(shop, ana, noon + timedelta(hours=1))
    every = [tagged.public_id, plain.public_id]
    for more in (["--site", "Shop"], ["--queue", "Questions"], ["--agent", "ana"], ["--agent", "Ana Costa"]):
        assert ids(export("--format", "jsonl", *more)) == every
    assert ids(export("--format", "jsonl", "--tag", "refund")) == [tagged.public_id]
    assert ids(export("--format", "jsonl", "--agent", "ben")) == []
    with pytest.raises(CommandError, match="no site Elsewhere"):
        export("--format", "jsonl", "--site", "Elsewhere")


def test_an_export_keeps_days_and_times_of_the_zone_that_is_asked_for(
    shop: House, ana: Staff, export: Export
) -> None:
    past_chat(shop, ana, datetime(2026, 3, 31, 23, 30, tzinfo=UTC))  # 1 April in Berlin
    assert ids(export("--format", "jsonl")) == []
    text = export("--format", "txt", "--tz", "America/New_York")
    assert "Closed: 2026-03-31 19:30:00 -04:00\nTimes: America/New_York\n" in text


def test_an_export_has_notes_only_when_asked(chat: Conversation, export: Export) -> None:
    days = {"since": "2020-01-01", "until": "2040-01-01"}
    assert NOTE not in export("--format", "jsonl", **days)
    assert NOTE in export("--format", "jsonl", "--notes", **days)


def test_a_file_appears_only_when_it_is_whole(
    shop: House, ana: Staff, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = past_chat(shop, ana, datetime(2026, 3, 5, 12, tzinfo=UTC))
    out = tmp_path / "march.jsonl"
    assert export("--format", "jsonl", "--out", str(out)) == f"1 transcripts in {out}\n"
    assert ids(out.read_text()) == [chat.public_id]
    out.write_text("before")
    monkeypatch.setattr("agents.transcripts.formats.json.dumps", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export("--format", "jsonl", "--out", str(out))
    assert [each.name for each in tmp_path.iterdir()] == ["march.jsonl"]
    assert out.read_text() == "before"


def test_days_the_wrong_way_round_are_refused(export: Export) -> None:
    with pytest.raises(CommandError, match="--from must not be after --to"):
        export("--format", "txt", since="2026-03-02", until="2026-03-01")


def test_many_chats_cost_two_queries_for_every_few(
    shop: House, ana: Staff, export: Export, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for day in range(1, 8):
        past_chat(shop, ana, datetime(2026, 3, day, 12, tzinfo=UTC))
    with django_assert_max_num_queries(4):
        assert len(ids(export("--format", "jsonl"))) == 7

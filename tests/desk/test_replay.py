"""The replay: what it reads, what it counts, and one of six chats through a real server."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from support_chat.desk.actions.conversations import start_conversation
from support_chat.desk.log_guard import UNGUARD
from support_chat.desk.models import ApiToken, User
from support_chat.desk.replay.recording import RecordedChat, Recording, UnreadableError
from support_chat.desk.replay.score import Difference, Score, compare, percentile
from support_chat.desk.replay.stage import build_stage, close_stage, newest_stage
from support_chat.desk.replay.verify import verify
from tests.desk.people import House, say
from tests.services.served import ServedProcess, own_environment, run_manage

EDGES = [" edge ", "two\nlines\n", "\ttab", "Straße 🦦", "x"]


def recorded(*texts: str, first: str = "visitor") -> dict[str, Any]:
    other = "agent" if first == "visitor" else "visitor"
    senders = [first, other] * len(texts)
    messages = [
        {"at": 2 * n, "from": senders[n], "text": text, "canned": "x"} for n, text in enumerate(texts)
    ]
    return {"id": 7, "started": 1589375697, "topics": [], "messages": messages}


def written(path: Path, *chats: dict[str, Any]) -> Path:
    lines = "".join(json.dumps(chat) + "\n" for chat in chats)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


@pytest.mark.parametrize("name", ["chats.jsonl", "chats.jsonl.gz"])
def test_a_recording_is_read_plain_or_zipped_and_keeps_every_byte(tmp_path: Path, name: str) -> None:
    chats = list(Recording.open(written(tmp_path / name, recorded(*EDGES), recorded("b"))))
    assert [line.text for line in chats[0].lines] == EDGES
    assert [line.sender for line in chats[0].lines] == ["visitor", "agent", "visitor", "agent", "visitor"]
    assert len(chats) == 2


def test_ids_belong_to_the_content_and_to_the_place_in_it(tmp_path: Path) -> None:
    same = recorded("a", "b")
    one = list(Recording.open(written(tmp_path / "one.jsonl", same, same)))
    copy = list(Recording.open(written(tmp_path / "copy.jsonl.gz", same, same)))
    other = list(Recording.open(written(tmp_path / "other.jsonl", same, recorded("a", "c"))))
    assert one[0].client_id(1) == copy[0].client_id(1)
    assert len({one[0].client_id(0), one[0].client_id(1), one[1].client_id(0), other[0].client_id(0)}) == 4


def test_a_limit_takes_the_first_chats_and_keeps_their_ids(tmp_path: Path) -> None:
    path = written(tmp_path / "chats.jsonl", *[recorded(str(n)) for n in range(5)])
    few, every = Recording.open(path, 2), Recording.open(path)
    assert (few.chats, every.chats) == (2, 5)
    assert [chat.start_id for chat in few] == [chat.start_id for chat in every][:2]


@pytest.mark.parametrize("line", ["{", '{"started": 1}', '{"started": 1, "messages": [{"from": "bot"}]}'])
def test_a_line_that_is_no_chat_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "chats.jsonl"
    path.write_text(json.dumps(recorded("a")) + "\n\n" + line + "\n")
    with pytest.raises(UnreadableError, match="line 3"):
        list(Recording.open(path))


def test_half_a_gzip_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "chats.jsonl.gz", recorded(*EDGES))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(UnreadableError, match="not a whole gzip"):
        Recording.open(path)


def test_what_is_missing_is_lost_what_is_too_much_doubled_and_the_rest_out_of_order() -> None:
    assert compare("abc", "abc") == Difference()
    assert compare("abc", "ac") == Difference(lost=1)
    assert compare("abc", "abbc") == Difference(doubled=1)
    assert compare("abc", "bac") == Difference(out_of_order=2)
    assert compare("abc", "abX") == Difference(lost=1, doubled=1)


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_lists_differ_exactly_when_a_difference_is_counted(expected: list[int], found: list[int]) -> None:
    assert bool(compare(expected, found)) == (expected != found)


def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() -> None:
    hundred = [float(n) for n in range(1, 101)]
    assert [percentile(hundred, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]
    assert percentile([7.0], 0.99) == 7
    assert percentile([], 0.5) == 0


@pytest.mark.parametrize(
    "score",
    [
        Score(sent=1),
        Score(sent=1, delivered=1, wrong=Difference(doubled=1)),
        Score(sent=1, delivered=1, unfinished=1),
    ],
)
def test_nothing_wrong_may_pass(score: Score) -> None:
    assert not score.passed()
    assert Score(sent=1, delivered=1).passed()


def test_being_held_back_by_the_limits_is_named_with_its_remedy() -> None:
    score = Score()
    score.refusals["too_fast"] = 3
    assert "THROTTLE=off" in "\n".join(score.lines())


@pytest.mark.django_db
def test_a_stage_is_found_by_its_recording_and_closing_it_ends_every_token(tmp_path: Path) -> None:
    stage = build_stage("0123456789abcdef", tmp_path / "chats.jsonl", agents=2, capacity=3)
    assert newest_stage("0123456789abffff") == stage.site
    assert newest_stage("ffff") is None
    assert len(set(stage.tokens)) == 2
    assert ApiToken.objects.filter(revoked_at=None).count() == 2
    close_stage(stage.site)
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert not User.objects.filter(is_active=True).exists()


@pytest.fixture
def played(db: None, tmp_path: Path) -> tuple[House, list[RecordedChat]]:
    """Two chats of visitors' words alone, in the database as the replay would have put them there."""
    chats = list(Recording.open(written(tmp_path / "chats.jsonl", recorded(" a "), recorded("b"))))
    stage = build_stage("0" * 64, tmp_path / "chats.jsonl", agents=1, capacity=1)
    place = House(stage.site, stage.site.queues.get())
    for chat in chats:
        start_conversation(visitor=place.visitor(), client_id=chat.start_id, body=chat.lines[0].text)
    return place, chats


def test_a_database_that_holds_the_file_passes(played: tuple[House, list[RecordedChat]]) -> None:
    place, chats = played
    verdict = verify(place.site, chats)
    assert verdict.passed()
    assert (verdict.chats, verdict.messages) == (2, 2)


def test_a_changed_lost_or_added_message_is_found(played: tuple[House, list[RecordedChat]]) -> None:
    place, chats = played
    first = place.site.conversations.get(start_id=chats[0].start_id)
    say(first, "more")
    assert verify(place.site, chats).wrong == Difference(doubled=1)
    with connection.cursor() as cursor:
        for statement in UNGUARD[connection.vendor]:
            cursor.execute(statement)
        cursor.execute("""UPDATE desk_entrybody SET text = '{"text":"a"}' WHERE text = '{"text":" a "}'""")
    verdict = verify(place.site, chats)
    assert verdict.wrong == Difference(lost=1, doubled=2)
    assert verdict.examples == [1]


def test_a_chat_that_the_file_does_not_have_is_found(played: tuple[House, list[RecordedChat]]) -> None:
    place, chats = played
    place.chat()
    assert verify(place.site, chats).strangers == 1


Serve = Callable[..., ServedProcess]


def test_six_chats_arrive_whole_and_are_still_there_after_a_restart(
    serve_process: Serve, each_database_url: str, tmp_path: Path
) -> None:
    chats = [recorded(*EDGES), recorded("b", first="agent"), *(recorded("c", "d", "e") for _ in range(4))]
    file = str(written(tmp_path / "chats.jsonl.gz", *chats))
    environment = own_environment(each_database_url)
    server = serve_process(each_database_url, THROTTLE="off")
    report = run_manage("replay", file, "--url", server.ws_url, "--agents", "2", environment=environment)
    assert "sent          18\ndelivered     18\nlost          0\ndoubled       0\n" in report
    server.stop()
    again = run_manage("replay", file, "--verify-only", environment=environment)
    assert "18 messages of 6 chats compared byte for byte" in again
    assert "all hold" in run_manage("check_integrity", environment=environment)


def test_a_server_that_is_not_there_is_said_in_words(sqlite_url: str, tmp_path: Path) -> None:
    file = str(written(tmp_path / "chats.jsonl", recorded("a")))
    with pytest.raises(RuntimeError, match="nothing answers"):
        run_manage("replay", file, "--url", "ws://127.0.0.1:9", environment=own_environment(sqlite_url))

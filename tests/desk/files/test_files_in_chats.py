"""Files in chats, from the upload to the link, by the doors that people use."""

import asyncio
import errno
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from support_chat.desk import db
from support_chat.desk.actions.uploading import give_up_blanked
from support_chat.desk.clock import take_due
from support_chat.desk.files import store, taking
from support_chat.desk.files.errors import NotChecked, Unsafe
from support_chat.desk.files.removing import remove_some
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Attachment, Conversation, Deadline, EntryBody, Membership
from support_chat.settings.chat import FILE_BYTES, FILES_LYING
from tests.desk.files import made
from tests.desk.files.people import Sender, fetched
from tests.desk.people import House, house
from tests.desk.running import Running, running

pytestmark = pytest.mark.django_db(transaction=True)


class Scene:
    """A visitor and the agent who has their chat."""

    def __init__(self, desk: Running, shop: House, vera: Sender, ana: Sender, chat: str) -> None:
        self.desk, self.shop, self.vera, self.ana, self.chat = desk, shop, vera, ana, chat

    async def stranger(self) -> tuple[Sender, str]:
        """Another visitor with a chat of their own."""
        socket = await self.desk.visitor(self.shop.site)
        started = await socket.ok("start_conversation", client_id=str(uuid4()), body="Me too")
        return Sender("visitor", socket), started["conversation"]

    async def sent(self, name: str = "a.png", content: bytes | None = None) -> dict[str, Any]:
        """A file of the visitor's that stands in the chat."""
        file = await self.vera.uploaded(name, content or made.picture())
        await self.vera.post(self.chat, file)
        return file


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    shop = await db.run(house)
    who = await db.run(shop.staff, "ana")
    async with running() as desk:
        ana = await desk.staff(who, status="online")
        vera = await desk.visitor(shop.site)
        started = await vera.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        await ana.event("inbox_changed")
        await ana.ok("open_conversation", conversation=started["conversation"])
        yield Scene(desk, shop, Sender("visitor", vera), Sender("agent", ana), started["conversation"])


def rows() -> int:
    return Attachment.objects.count()


def files_kept() -> list[Path]:
    folder = store.local_folder()
    return [path for path in folder.rglob("*") if path.is_file()] if folder else []


def wholesome() -> dict[str, Any]:
    return dict(check_integrity().broken)


async def test_a_picture_goes_to_the_agent_and_a_document_comes_back(scene: Scene) -> None:
    picture = await scene.vera.uploaded("Urlaub \u202e.JPG", made.photo_with_a_place())
    assert (picture["name"], picture["kind"], picture["width"], picture["height"]) == (
        "Urlaub.jpg",
        "image",
        40,
        60,
    )
    await scene.vera.post(scene.chat, picture, body="Look")
    heard = await scene.ana.socket.event("entry_added", conversation=scene.chat)
    assert heard["entry"]["body"] == {"text": "Look", "files": [picture]}
    document = made.pdf()
    letter = await scene.ana.uploaded("letter.pdf", document, conversation=scene.chat)
    posted = await scene.ana.post(scene.chat, letter)
    await scene.vera.socket.ok("beat")
    told = scene.vera.socket.entries()[-1]
    assert (told["at"], told["body"]) == (posted["at"], {"text": "", "files": [letter]})
    answer, content = await fetched((await scene.vera.links(letter))["file"])
    assert content == document
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert await db.run(wholesome) == {}


async def test_what_is_handed_out_can_only_be_saved_and_what_is_shown_was_made_by_us(scene: Scene) -> None:
    file = await scene.sent("photo.jpg", made.photo_with_a_place())
    links = await scene.ana.links(file)
    assert links.keys() == {"file", "large", "small"}
    for variant, address in links.items():
        answer, content = await fetched(address)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment" if variant == "file" else "inline")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Cache-Control"] == "private, max-age=300"
        assert not answer.cookies
        assert answer["Content-Type"] == "image/jpeg"
        assert made.SECRET not in content


async def test_a_chat_may_begin_with_a_file(scene: Scene) -> None:
    vera = Sender("visitor", await scene.desk.visitor(scene.shop.site))
    file = await vera.uploaded("a.png", made.picture())
    once = {"client_id": str(uuid4()), "attachments": [file["id"]]}
    started = await vera.socket.ok("start_conversation", **once)
    assert (await vera.socket.ok("start_conversation", **once))["position"] == started["position"]
    said = [each["body"] for each in started["snapshot"]["entries"] if each["kind"] == "message"]
    assert said == [{"text": "", "files": [file]}]
    assert await db.run(wholesome) == {}


async def test_sent_twice_is_sent_once_and_another_file_under_the_same_id_is_refused(scene: Scene) -> None:
    once = {"client_id": str(uuid4())}
    first, second = [await scene.vera.uploaded("a.png", made.picture(), **once) for _ in range(2)]
    assert first == second
    assert (await scene.vera.upload("b.png", made.picture("PNG", (9, 9)), **once)).status_code == 409
    post = {"client_id": str(uuid4()), "body": "Once"}
    positions = {(await scene.vera.post(scene.chat, first, **post))["position"] for _ in range(3)}
    assert len(positions) == 1
    refused = await scene.vera.socket.refused("post_message", conversation=scene.chat, **post)
    assert refused == "id_reused"
    assert await db.run(rows) == 1


async def test_what_is_written_after_a_file_stands_after_it(scene: Scene) -> None:
    files = [await scene.vera.uploaded("a.png", made.picture()) for _ in range(2)]
    sent = []
    for number in range(12):
        with_file = {"attachments": [files[number // 6]["id"]]} if number % 6 == 0 else {}
        fields = {"client_id": str(uuid4()), "body": str(number), **with_file}
        sent.append(scene.vera.socket.send("post_message", conversation=scene.chat, **fields))
    replies = [await scene.vera.socket.reply_to(number) for number in sent]
    positions = [reply["ok"]["position"] for reply in replies]
    assert positions == list(range(positions[0], positions[0] + 12))


async def test_a_file_is_nobodys_but_its_chats(scene: Scene) -> None:
    mine = await scene.sent()
    waiting = await scene.vera.uploaded("b.png", made.picture())
    stranger, chat = await scene.stranger()
    for file in (mine, waiting):
        assert (await stranger.look_up(file)).status_code == 404
        asked = {"conversation": chat, "client_id": str(uuid4()), "attachments": [file["id"]]}
        assert await stranger.socket.refused("post_message", **asked) == "not_found"
        assert await stranger.forget(file) == 404
    assert (await stranger.look_up({"id": "A" * 22})).content == (await stranger.look_up(mine)).content
    foreign = await scene.ana.upload("c.png", made.picture(), conversation="A" * 22)
    assert foreign.status_code == 404
    unsent = await scene.ana.look_up(waiting)
    assert unsent.status_code == 404


async def test_an_agent_uploads_into_a_chat_of_their_own_and_nowhere_else(scene: Scene) -> None:
    _, other = await scene.stranger()
    ben = await db.run(scene.shop.staff, "ben")
    ben_writes = Sender("agent", await scene.desk.staff(ben))
    assert (await ben_writes.upload("a.png", made.picture(), conversation=scene.chat)).status_code == 403
    assert (await ben_writes.upload("a.png", made.picture())).status_code == 400
    mine = await scene.ana.uploaded("a.png", made.picture(), conversation=scene.chat)
    asked = {"conversation": other, "client_id": str(uuid4()), "attachments": [mine["id"]]}
    assert await scene.ana.socket.refused("post_message", **asked) in {"not_found", "not_allowed"}
    assert (await ben_writes.look_up(mine)).status_code == 404


async def test_without_a_key_nothing_is_taken(scene: Scene) -> None:
    for who in ("visitor", "agent"):
        sender = Sender(who, scene.vera.socket)
        sender._key = {"Authorization": "Bearer wrong"}
        assert (await sender.upload("a.png", made.picture())).status_code == 401
        sender._key = {}
        assert (await sender.upload("a.png", made.picture())).status_code == 401
    assert await db.run(rows) == 0


async def test_a_link_ends_and_one_that_was_changed_leads_nowhere(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = (await scene.vera.links(await scene.sent()))["file"]
    assert (await fetched(link))[0].status_code == 200
    assert (await fetched(link[:-1] + ("a" if link[-1] != "a" else "b")))[0].status_code == 404
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 301)
    answer, content = await fetched(link)
    assert answer.status_code == 403
    assert b"too old" in content


async def test_a_link_ends_with_the_right_of_whom_it_was_made_for(scene: Scene) -> None:
    file = await scene.sent()
    links = await scene.ana.links(file)
    await db.run(leave_the_team, "ana")
    assert (await fetched(links["file"]))[0].status_code == 404


def leave_the_team(username: str) -> None:
    Membership.objects.filter(user__username=username).delete()


async def test_blanking_an_entry_takes_its_files_away(scene: Scene) -> None:
    file = await scene.sent()
    links = await scene.vera.links(file)
    await db.run(lambda: EntryBody.objects.filter(entry__attachments__public_id=file["id"]).update(text=""))
    for address in links.values():
        assert (await fetched(address))[0].status_code == 404
    assert (await scene.ana.look_up(file)).status_code == 404
    assert len(files_kept()) >= 3
    before = len(files_kept())
    assert await db.run(give_up_blanked) == 1
    assert await remove_some() == 1
    assert len(files_kept()) == before - 3
    row = await db.run(Attachment.objects.get, public_id=file["id"])
    assert (row.name, row.given_name, row.sha256) == ("", "", "")
    assert await remove_some() == 0
    assert await db.run(wholesome) == {}


async def test_what_nobody_sends_is_removed_after_a_day(scene: Scene) -> None:
    before = len(files_kept())
    unsent, sent = await scene.vera.uploaded("a.png", made.picture()), await scene.sent()
    await db.run(lambda: Deadline.objects.update(due_at=timezone.now() - timedelta(seconds=1)))
    await db.run(take_due)
    await remove_some()
    assert await db.run(lambda: list(Attachment.objects.values_list("public_id", flat=True))) == [sent["id"]]
    assert len(files_kept()) == before + 3
    assert (await scene.vera.look_up(unsent)).status_code == 404


async def test_who_gives_a_file_up_cannot_send_it(scene: Scene) -> None:
    file = await scene.vera.uploaded("a.png", made.picture())
    assert await scene.vera.forget(file) == 200
    asked = {"conversation": scene.chat, "client_id": str(uuid4()), "attachments": [file["id"]]}
    assert await scene.vera.socket.refused("post_message", **asked) == "not_found"
    sent = await scene.sent()
    assert await scene.vera.forget(sent) == 404


async def test_only_so_many_files_lie_unsent(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support_chat.desk.actions.uploading.FILES_LYING", 2)
    answers = [await scene.vera.upload("a.txt", b"hello") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].json()["error"]["code"] == "too_many_files"
    assert FILES_LYING > 2


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.svg", b"<svg/>", 415, "file_type"),
        ("a.png.exe", b"MZ", 415, "file_type"),
        ("photo\u202egnp.exe", b"MZ", 415, "file_type"),
        ("a.png", b"<html>", 422, "file_unsafe"),
        ("a.png", made.huge_picture(), 422, "file_unsafe"),
        ("a.txt", b"x" * (FILE_BYTES + 1), 413, "file_too_large"),
    ],
)
async def test_what_is_refused_leaves_nothing(
    scene: Scene, name: str, content: bytes, status: int, code: str
) -> None:
    kept = files_kept()
    answer = await scene.vera.upload(name, content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert await db.run(rows) == 0
    assert await db.run(Deadline.objects.filter(kind="file_not_sent").count) == 0
    assert files_kept() == kept


async def test_a_full_disk_refuses_files_and_no_words(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    kept = files_kept()
    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", full)
        answer = await scene.vera.upload("a.png", made.picture())
        assert (answer.status_code, answer.json()["error"]["code"]) == (507, "no_room")
        assert (await scene.vera.post(scene.chat, body="Words go through"))["position"] > 1
    assert await db.run(rows) == 0
    assert files_kept() == kept
    await scene.vera.uploaded("a.png", made.picture())


@pytest.mark.parametrize(("refusal", "status"), [(NotChecked(after=1), 503), (Unsafe(), 422)])
async def test_what_the_scanner_does_not_pass_is_not_there(
    scene: Scene, refusal: Exception, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any) -> None:
        raise refusal

    once = {"client_id": str(uuid4())}
    with monkeypatch.context() as patched:
        patched.setattr("support_chat.desk.files.checking.scan", stopped)
        assert (await scene.vera.upload("a.txt", b"hello", **once)).status_code == status
    assert await db.run(rows) == 0
    assert (await scene.vera.upload("a.txt", b"hello", **once)).status_code == 201


async def test_an_upload_whose_server_died_is_taken_up_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = {"client_id": str(uuid4())}
    with monkeypatch.context() as patched:
        patched.setattr(taking, "check", _dies)
        patched.setattr(taking, "not_kept", lambda **_: None)  # nor did it tidy up
        assert (await scene.vera.upload("a.txt", b"hello", **once)).status_code == 422
    assert (await scene.vera.upload("a.txt", b"hello", **once)).status_code == 503
    long_ago = timezone.now() - timedelta(hours=1)
    await db.run(lambda: Attachment.objects.update(created_at=long_ago))
    file = await scene.vera.uploaded("a.txt", b"hello", **once)
    await scene.vera.post(scene.chat, file)
    assert await db.run(rows) == 1


def _dies(*_: Any) -> None:
    raise Unsafe


async def test_two_that_send_the_same_at_once_have_one_file(scene: Scene) -> None:
    once = {"client_id": str(uuid4())}
    answers = await asyncio.gather(*(scene.vera.upload("a.txt", b"hello", **once) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {201, 503}
    await scene.vera.uploaded("a.txt", b"hello", **once)
    assert await db.run(rows) == 1


async def test_a_message_says_something_or_brings_something(scene: Scene) -> None:
    asked = {"conversation": scene.chat, "client_id": str(uuid4())}
    assert await scene.vera.socket.refused("post_message", **asked) == "bad_field"
    assert await scene.vera.socket.refused("post_message", **asked, attachments=["a"] * 11) == "bad_field"
    file = await scene.vera.uploaded("a.txt", b"hello")
    twice = {**asked, "attachments": [file["id"]] * 2}
    assert await scene.vera.socket.refused("post_message", **twice) == "not_found"


async def test_a_file_reopens_a_closed_chat_as_words_do(scene: Scene) -> None:
    await scene.vera.socket.ok("end_conversation", conversation=scene.chat, client_id=str(uuid4()))
    file = await scene.sent()
    row = await db.run(Conversation.objects.get, public_id=scene.chat)
    assert row.state in {"queued", "active"}
    assert row.last_words["text"] == file["name"]
    assert await db.run(wholesome) == {}

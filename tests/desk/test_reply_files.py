"""Files go with canned replies: few, small, and checked as any upload is."""

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.access import Staff
from support_chat.desk.actions.reply_files import BYTES, MOST, add_file, remove_file
from support_chat.desk.errors import NotFound
from support_chat.desk.library import reply_file_for
from support_chat.desk.models import CannedReply, ReplyFile
from tests.desk.files.made import SECRET, photo_with_a_place
from tests.desk.people import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(shop: House) -> Staff:
    return shop.staff("boss", role="manager", answers=False)


@pytest.fixture
def late(shop: House) -> CannedReply:
    return shop.reply("late", "It is late.")


def add(by: Staff, reply: CannedReply, name: str = "sizes.txt", data: bytes = b"S, M, L") -> ReplyFile:
    return add_file(staff=by, reply=reply.public_id, name=name, data=data)


def test_a_file_is_kept_as_it_was_checked_and_given_to_who_may_send_the_reply(
    shop: House, boss: Staff, late: CannedReply
) -> None:
    ana = shop.staff("ana")
    made = add(boss, late, "my/photo.jpeg", photo_with_a_place())
    assert (made.name, made.type) == ("photo.jpg", "image/jpeg")
    assert SECRET not in made.content
    assert reply_file_for(ana, late.public_id, made.public_id) == made
    with pytest.raises(NotFound):
        add(ana, late)
    with pytest.raises(NotFound):
        remove_file(staff=ana, reply=late.public_id, file=made.public_id)


def test_a_colleagues_own_files_are_not_found(shop: House, late: CannedReply) -> None:
    ana, ben = shop.staff("ana"), shop.staff("ben")
    CannedReply.objects.filter(pk=late.pk).update(owner=ana.agent)
    made = add(ana, late)
    with pytest.raises(NotFound):
        reply_file_for(ben, late.public_id, made.public_id)
    remove_file(staff=ana, reply=late.public_id, file=made.public_id)
    with pytest.raises(NotFound):
        reply_file_for(ana, late.public_id, made.public_id)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("setup.exe", b"MZ"),
        ("noname", b"x"),
        ("photo.png", b"no picture"),
        ("empty.txt", b""),
        ("long.txt", b"x" * (BYTES + 1)),
    ],
)
def test_what_is_not_taken_is_refused_in_words(
    boss: Staff, late: CannedReply, name: str, data: bytes
) -> None:
    with pytest.raises(ValidationError, match=r"\."):
        add(boss, late, name, data)
    assert not ReplyFile.objects.exists()


def test_a_reply_takes_a_few_files_and_no_more(boss: Staff, late: CannedReply) -> None:
    for n in range(MOST):
        add(boss, late, f"{n}.txt")
    with pytest.raises(ValidationError, match=f"at most {MOST}"):
        add(boss, late)

"""What a site learns survives a restart, is shared between processes, and forgets."""

from collections.abc import Sequence

import pytest

from agents.replies import finding, library
from agents.replies.finding import find_replies
from agents.replies.library import Library, Shelf
from agents.replies.memory import copied, remembered, written
from agents.replies.moment import Moment
from support_chat.desk.access import Staff
from support_chat.desk.actions.picks import forget_picks, pick_reply
from support_chat.desk.database_time import database_now
from support_chat.desk.models import CannedReply, Conversation, Pick, PickMemory
from tests.desk.people import House, house, say
from tests.promises.rules.sources import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def replies(shop: House) -> list[CannedReply]:
    texts = {"late": "I am sorry that it is late.", "refund": "Your money comes back.", "bye": "Goodbye!"}
    return [shop.reply(shortcut, text) for shortcut, text in texts.items()]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online", capacity=50)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library of a process that has just started."""
    fresh = Library()
    monkeypatch.setattr(finding, "library", fresh)
    return fresh


def in_step(shelf: Shelf) -> Shelf:
    shelf.keep_up()
    while shelf.is_busy:
        shelf.keep_up()
    return shelf


def picks(by: Staff, shop: House, reply: CannedReply, typed: str, times: int = 5) -> list[Conversation]:
    chats = [shop.chat(body="Something is wrong") for _ in range(times)]
    for chat in chats:
        pick_reply(staff=by, conversation=chat.pk, reply=reply.public_id, typed=typed, position=2)
    return chats


def found(shelf: Shelf, typed: str, replies: Sequence[CannedReply]) -> list[str]:
    names = {each.public_id: each.shortcut for each in replies}
    return shelf.ask(lambda learner: [names[name] for name in learner.find(Moment(), typed, names)]) or []


def test_before_anything_is_learnt_the_console_searches_on_its_own(
    shop: House, ana: Staff, replies: list[CannedReply]
) -> None:
    assert find_replies(ana, shop.chat(), "late") == {"found": None, "sure": False, "likely": []}


def test_replies_are_found_by_their_words_and_then_as_agents_put_it(
    shop: House, ana: Staff, replies: list[CannedReply], here: Library
) -> None:
    late, refund, _ = replies
    chat = shop.chat()
    in_step(here.of(shop.site.pk))
    assert find_replies(ana, chat, "late")["found"][0] == late.public_id
    picks(ana, shop, refund, "pay them")
    in_step(here.of(shop.site.pk))
    answer = find_replies(ana, chat, "pay them")
    assert (answer["found"][0], answer["sure"]) == (refund.public_id, True)


@pytest.mark.parametrize("typed", ["qqq", "or something", "or two"])
def test_what_may_mean_no_reply_is_not_taken_for_one(
    shop: House, ana: Staff, replies: list[CannedReply], here: Library, typed: str
) -> None:
    for n in range(30):
        shop.reply(f"other-{n}", f"Something about number {n}.")
    in_step(here.of(shop.site.pk))
    assert not find_replies(ana, shop.chat(), typed)["sure"]


def test_a_process_that_starts_anew_knows_what_another_learnt(
    shop: House, ana: Staff, replies: list[CannedReply], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "KEPT_EVERY", 5)
    picks(ana, shop, replies[1], "pay them")
    first = in_step(Shelf(shop.site.pk))
    assert PickMemory.objects.get().learnt == [*Pick.objects.order_by("pk").values_list("pk", flat=True)]
    monkeypatch.setattr(Shelf, "_learn", lambda *_: pytest.fail("learnt anew"))
    second = in_step(Shelf(shop.site.pk))
    assert found(second, "pay", replies) == found(first, "pay", replies)
    assert found(second, "pay", replies)[0] == "refund"


def test_processes_learn_from_each_other_s_picks(shop: House, ana: Staff, replies: list[CannedReply]) -> None:
    one, other = in_step(Shelf(shop.site.pk)), in_step(Shelf(shop.site.pk))
    picks(ana, shop, replies[1], "pay them")
    assert found(in_step(one), "pay", replies) == found(in_step(other), "pay", replies)
    assert found(one, "pay", replies)[0] == "refund"


def test_a_pick_that_was_committed_after_a_later_one_is_learnt_too(
    shop: House, ana: Staff, replies: list[CannedReply]
) -> None:
    picks(ana, shop, replies[1], "pay them", times=6)
    early = Pick.objects.order_by("pk").first()
    assert early is not None
    kept = {field.attname: getattr(early, field.attname) for field in Pick._meta.fields}
    early.delete()
    shelf = in_step(Shelf(shop.site.pk))
    Pick.objects.create(**kept)
    assert in_step(shelf).ask(lambda learner: learner.picks) == 6


def test_an_erased_person_s_words_are_forgotten_by_every_process(
    shop: House, ana: Staff, replies: list[CannedReply], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "KEPT_EVERY", 1)
    picks(ana, shop, replies[0], "late again")
    before = in_step(Shelf(shop.site.pk)).ask(lambda learner: learner.ranker.weights.copy())
    chats = picks(ana, shop, replies[1], "vera complains")
    shelf = in_step(Shelf(shop.site.pk))
    assert found(shelf, "vera", replies)[0] == "refund"
    forget_picks(conversations=[chat.pk for chat in chats])
    after = in_step(shelf).ask(lambda learner: learner.ranker.weights)
    assert before is not None
    assert after is not None
    assert (after == before).all()  # as if they had never been here


def test_what_was_said_is_read_from_the_log_alone(
    shop: House, ana: Staff, replies: list[CannedReply], here: Library
) -> None:
    late, refund, _ = replies
    for words, reply in [("it never came", late), ("charged twice", refund)] * 6:
        chat = shop.chat(body=words)
        pick_reply(staff=ana, conversation=chat.pk, reply=reply.public_id, typed="so", position=3)
    in_step(here.of(shop.site.pk))
    assert find_replies(ana, shop.chat(body="I was charged twice"), "so")["found"][0] == refund.public_id
    columns = {field.attname for field in Pick._meta.fields}
    assert columns == {"id", "site_id", "conversation_id", "reply_id", "position", "typed", "edited", "at"}


def test_what_was_sent_in_this_chat_is_not_suggested_again(
    shop: House, ana: Staff, replies: list[CannedReply], here: Library
) -> None:
    picks(ana, shop, replies[2], "bye", times=30)
    in_step(here.of(shop.site.pk))
    chat = shop.chat(body="Something is wrong")
    assert find_replies(ana, chat, "")["likely"][0] == replies[2].public_id
    pick_reply(staff=ana, conversation=chat.pk, reply=replies[2].public_id, typed="", position=2)
    assert replies[2].public_id not in find_replies(ana, chat, "")["likely"]


def test_so_is_not_what_was_sent_without_being_picked(
    shop: House, ana: Staff, replies: list[CannedReply], here: Library
) -> None:
    picks(ana, shop, replies[2], "bye", times=30)
    in_step(here.of(shop.site.pk))
    chat = shop.chat(body="Something is wrong")
    say(chat, "Goodbye!", by=ana)
    chat.refresh_from_db()
    assert replies[2].public_id not in find_replies(ana, chat, "")["likely"]


def test_so_is_not_what_a_macro_filled_in(
    shop: House, ana: Staff, replies: list[CannedReply], here: Library
) -> None:
    picks(ana, shop, replies[2], "bye", times=30)
    CannedReply.objects.filter(pk=replies[2].pk).update(text="Goodbye, {{visitor.first_name}}!")
    in_step(here.of(shop.site.pk))
    chat = shop.chat(body="Something is wrong")
    assert find_replies(ana, chat, "")["likely"][0] == replies[2].public_id
    say(chat, "Goodbye, Vera!", by=ana)
    chat.refresh_from_db()
    assert replies[2].public_id not in find_replies(ana, chat, "")["likely"]


def test_a_reply_that_was_written_meanwhile_is_found_by_its_words(
    shop: House, ana: Staff, replies: list[CannedReply]
) -> None:
    shelf = in_step(Shelf(shop.site.pk))
    more = [*replies, shop.reply("invoice", "Your invoice is attached.")]
    shelf.ask(lambda _: None)
    assert found(in_step(shelf), "invoice", more)[0] == "invoice"


def test_a_memory_holds_no_words(shop: House, ana: Staff, replies: list[CannedReply]) -> None:
    picks(ana, shop, replies[1], "vera complains")
    learner = in_step(Shelf(shop.site.pk)).ask(lambda learner: learner)
    assert learner is not None
    copy = copied(learner)
    assert b"vera" not in b"".join(array.tobytes() for array in copy.values())
    again = remembered(written(copy))
    assert again is not None
    assert again.picks == 5


def test_a_damaged_memory_is_learnt_anew() -> None:
    assert remembered(b"no memory") is None
    assert remembered((ROOT / "manage.py").read_bytes()) is None


def test_what_is_a_colleagues_own_or_was_deleted_is_not_found(
    shop: House, ana: Staff, replies: list[CannedReply], here: Library
) -> None:
    late, refund, _ = replies
    ben = shop.staff("ben")
    CannedReply.objects.filter(pk=late.pk).update(owner=ben.agent)
    CannedReply.objects.filter(pk=refund.pk).update(deleted_at=database_now())
    in_step(here.of(shop.site.pk))
    found = find_replies(ana, shop.chat(), "late refund")["found"] or []
    assert not {late.public_id, refund.public_id} & {*found}
    assert late.public_id in (find_replies(ben, shop.chat(), "late")["found"] or [])


def test_what_is_in_another_language_than_the_chats_counts_less(
    shop: House, ana: Staff, here: Library
) -> None:
    german, english = shop.reply("spaet", "Sorry late parcel"), shop.reply("late", "Sorry late parcel")
    CannedReply.objects.filter(pk=german.pk).update(locale="de")
    CannedReply.objects.filter(pk=english.pk).update(locale="en")
    in_step(here.of(shop.site.pk))
    chat = shop.chat()
    for locale, first in (("de-AT", german), ("en", english)):
        Conversation.objects.filter(pk=chat.pk).update(locale=locale)
        chat.refresh_from_db()
        assert (find_replies(ana, chat, "parcel")["found"] or [""])[0] == first.public_id

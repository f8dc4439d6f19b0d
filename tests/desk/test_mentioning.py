"""Who is named in a note is told, finds it again, and nobody else is named by it."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff, agents_who_read, permit
from support_chat.desk.actions.mentioning import see_mentions
from support_chat.desk.actions.messages import add_note, whisper
from support_chat.desk.bodies import body_of
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.integrity import check_integrity
from support_chat.desk.mentions import mentions_told, names_in
from support_chat.desk.models import Agent, Conversation, Membership, Mention, Queue
from support_chat.desk.source import news_after
from tests.desk.people import House, house

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture
def ben(shop: House) -> Staff:
    return shop.staff("ben")


@pytest.fixture
def another() -> House:
    return house("Other")


def agent_of(staff: Staff) -> Agent:
    assert staff.agent is not None
    return staff.agent


def note(by: Staff, chat: Conversation, body: str) -> int:
    return add_note(staff=by, conversation=chat.pk, client_id=uuid4(), body=body)


def told(who: Staff) -> tuple[int, list[str]]:
    news = mentions_told(agent_of(who))
    return news.unread, [each["text"] for each in news.mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Ben Costa can you look?", {"ben"}),
        ("Ask @ben  COSTA, please", {"ben"}),
        ("(@Ben Costa)", {"ben"}),
        ("@Ben", set()),
        ("Ben Costa", set()),
        ("mail@Ben Costa", set()),
        ("@Ben Costas", set()),
        ("@Ben Costa Silva", {"silva"}),
        ("@Ben Costa Silva and @Ben Costa", {"silva", "ben"}),
    ],
)
def test_a_name_is_meant_behind_an_at_and_whole(text: str, found: set[str]) -> None:
    assert names_in(text, {"ben": "Ben Costa", "silva": "Ben Costa Silva", "kim": "Kim Oh"}) == found


def test_who_is_named_is_told_and_the_note_carries_their_id(shop: House, ana: Staff, ben: Staff) -> None:
    chat = shop.chat()
    position = note(ana, chat, "@Ben Costa knows this.")
    body = body_of(chat.entries.select_related("body").get(position=position))
    assert body["mentions"] == [agent_of(ben).public_id]
    assert told(ben) == (1, ["@Ben Costa knows this."])
    frames = news_after(agent_of(ben).topic, 0)[0].frames["staff"]
    assert any('"event":"mentions_changed","unread":1' in frame for frame in frames)
    assert not check_integrity().broken


def test_nobody_is_told_who_may_not_read_the_chat(shop: House, ana: Staff, another: House) -> None:
    pam = shop.staff("pam", queue=Queue.objects.create(site=shop.site, name="Bills"))
    eve = another.staff("eve")
    note(ana, shop.chat(), "@Pam Costa @Eve Costa")
    assert not Mention.objects.exists()
    assert told(pam) == told(eve) == (0, [])


def test_one_does_not_mention_oneself(shop: House, ana: Staff) -> None:
    note(ana, shop.chat(), "@Ana Costa, remember.")
    assert told(ana) == (0, [])


def test_what_was_seen_is_not_counted_and_stays_in_the_list(shop: House, ana: Staff, ben: Staff) -> None:
    chat = shop.chat()
    first = note(ana, chat, "@Ben Costa one")
    note(ana, chat, "@Ben Costa two")
    see_mentions(agent=agent_of(ben), conversation=chat, position=first)
    assert told(ben) == (1, ["@Ben Costa two", "@Ben Costa one"])


def test_who_may_not_read_the_chat_any_more_does_not_find_its_notes(
    shop: House, ana: Staff, ben: Staff
) -> None:
    note(ana, shop.chat(), "@Ben Costa look")
    Membership.objects.filter(user=ben.user).delete()
    assert told(ben) == (0, [])


def test_whoever_may_read_a_chat_by_the_policy_can_be_named_in_it_and_nobody_else(
    shop: House, ana: Staff, ben: Staff, another: House
) -> None:
    other = Queue.objects.create(site=shop.site, name="Bills")
    people = [ana, ben, shop.staff("pam", queue=other), shop.staff("mia", role="manager")]
    people.append(another.staff("eve"))
    chat = Conversation.objects.get(pk=shop.chat().pk)
    named = set(agents_who_read(chat).values_list("pk", flat=True))
    for who in people:
        try:
            permit(who, chat, "read")
        except NotFound:
            assert agent_of(who).pk not in named
        else:
            assert agent_of(who).pk in named


def test_a_whisper_is_for_whose_chat_it_is_and_stays_with_the_team(shop: House, ana: Staff) -> None:
    chat, sue = shop.chat(), shop.staff("sue", role="supervisor")
    before = Conversation.objects.get(pk=chat.pk).visible
    whisper(staff=sue, conversation=chat.pk, client_id=uuid4(), body="Offer a refund.")
    now = Conversation.objects.get(pk=chat.pk)
    assert (now.visible, now.team_messages) == (before, 0)
    assert told(ana) == (1, ["Offer a refund."])
    assert mentions_told(agent_of(ana)).mentions[0]["kind"] == "whisper"
    assert not check_integrity().broken


def test_only_supervisors_whisper_and_only_in_a_colleagues_chat(shop: House, ana: Staff, ben: Staff) -> None:
    sue = shop.staff("sue", role="supervisor")
    chat = shop.chat()
    with pytest.raises(NotAllowed):
        whisper(staff=ben, conversation=chat.pk, client_id=uuid4(), body="Psst")
    Conversation.objects.filter(pk=chat.pk).update(state="queued", owner=None, sort_key=1)
    with pytest.raises(NotAllowed):
        whisper(staff=sue, conversation=chat.pk, client_id=uuid4(), body="Psst")


def test_a_card_number_in_a_note_is_hidden_in_the_list_too(shop: House, ana: Staff, ben: Staff) -> None:
    note(ana, shop.chat(), "@Ben Costa 4242 4242 4242 4242")
    assert told(ben)[1] == ["@Ben Costa •••• 4242"]

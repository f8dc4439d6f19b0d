"""How agents stand: every change has its cause, and what becomes of their chats is their own choice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk.access import Staff
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.actions.presence import agent_arrived, release_agent, renew_lease
from support_chat.desk.actions.status import set_status, settle_all_finishing
from support_chat.desk.actions.supervising import assign_conversation
from support_chat.desk.bodies import body_of
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Agent, Conversation, Presence
from tests.desk.people import House, house

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def shop() -> House:
    renew_lease()
    return house()


def agent_of(staff: Staff) -> Agent:
    assert staff.agent is not None
    return Agent.objects.get(pk=staff.agent.pk)


def now(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def lose(staff: Staff) -> None:
    Presence.objects.filter(agent=agent_of(staff)).delete()
    release_agent(public_id=agent_of(staff).public_id)


def test_who_goes_offline_with_chats_finishes_them_and_is_offline_after_the_last(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chats = [shop.chat(), shop.chat()]
    assert set_status(staff=ana, status="offline").status == "finishing"
    shop.chat()
    for chat in chats:
        assert agent_of(ana).status == "finishing"
        close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert (agent_of(ana).status, agent_of(ana).status_cause) == ("offline", "finished")


def test_who_lets_their_chats_go_leaves_them_where_they_stood_with_a_note(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    set_status(staff=ana, status="offline", chats="return", note="Refund is agreed.")
    later = shop.chat()
    assert (now(chat).state, agent_of(ana).status) == ("queued", "offline")
    assert (now(chat).sort_key or 0) < (later.sort_key or 0)
    notes = chat.entries.filter(kind="note").select_related("body")
    assert [body_of(note)["text"] for note in notes] == ["Refund is agreed."]
    assert not check_integrity().broken


def test_away_says_when_they_mean_to_be_back(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    set_status(staff=ana, status="away", until=600)
    back_at = agent_of(ana).back_at
    assert back_at is not None
    assert timedelta(seconds=590) < back_at - timezone.now() <= timedelta(seconds=600)
    set_status(staff=ana, status="online")
    assert agent_of(ana).back_at is None


def test_no_sign_of_somebody_sets_them_to_away_only_while_they_have_nothing_to_do(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    assert set_status(staff=ana, status="away", cause="no_sign").status == "online"
    close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    set_status(staff=ana, status="away", cause="no_sign")
    assert (agent_of(ana).status, agent_of(ana).status_cause) == ("away", "no sign for a while")
    set_status(staff=ana, status="offline")
    assert set_status(staff=ana, status="away", cause="no_sign").status == "offline", "their own word holds"


def test_every_change_is_kept_with_its_cause(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    set_status(staff=ana, status="away")
    lose(ana)
    agent_arrived(agent=agent_of(ana))
    kept = agent_of(ana).status_changes.order_by("pk").values_list("status", "cause")
    assert list(kept) == [("away", "chosen"), ("offline", "connection lost"), ("away", "came back")]


def test_who_was_lost_and_is_back_soon_has_again_what_nobody_took(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    lose(ana)
    assert now(chat).state == "queued"
    agent_arrived(agent=agent_of(ana))
    assert (agent_of(ana).status, now(chat).owner) == ("online", ana.agent)
    assert body_of(chat.entries.select_related("body").order_by("-position")[0])["why"]["rule"] == "known"


def test_who_is_back_too_late_says_so_themselves(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    lose(ana)
    Agent.objects.update(status_at=timezone.now() - timedelta(minutes=6))
    agent_arrived(agent=agent_of(ana))
    assert (agent_of(ana).status, now(chat).state) == ("offline", "queued")


def test_chats_of_agents_who_are_lost_one_after_the_other_stand_in_the_order_they_came(shop: House) -> None:
    ana = shop.staff("ana", status="online", capacity=1)
    first = shop.chat()
    ben = shop.staff("ben", status="online", capacity=1)
    second = shop.chat()
    lose(ana)
    lose(ben)
    third = shop.chat()
    waiting = Conversation.objects.filter(state="queued").order_by("sort_key")
    assert list(waiting) == [first, second, third]


def test_who_is_finishing_is_offline_when_their_last_chat_is_taken_over(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    sue = shop.staff("sue", role="supervisor", status="away")
    set_status(staff=ana, status="finishing")
    settle_all_finishing()
    assert agent_of(ana).status == "finishing"
    assert sue.agent is not None
    assign_conversation(
        staff=sue,
        conversation=chat.pk,
        client_id=uuid4(),
        to_agent=sue.agent.public_id,
        reason="I know them",
    )
    settle_all_finishing()
    assert (agent_of(ana).status, agent_of(ana).status_cause) == ("offline", "finished")

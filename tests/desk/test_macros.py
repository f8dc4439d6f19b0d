"""Macros are several steps under one name: checked here, run by the console."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.access import Staff
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.macros import bring_back_macro, change_macro, delete_macro, make_macro
from support_chat.desk.errors import NotFound, Unavailable
from support_chat.desk.library import agents_to_hand_to, macros_for
from support_chat.desk.macros import InvalidSteps, steps_of
from support_chat.desk.models import Macro, User
from tests.desk.people import House, house
from tests.desk.time_passes import agent_of

pytestmark = pytest.mark.django_db

THANKS = {"do": "reply", "text": 'Thank you, {{visitor.first_name|default:"and goodbye"}}!'}
CLOSE = {"do": "close"}


@pytest.fixture
def boss(shop: House) -> Staff:
    return shop.staff("boss", role="manager", answers=False)


def make(by: Staff, shop: House, **values: Any) -> Macro:
    given = {"name": "Thank and close", "steps": [THANKS, CLOSE], **values}
    return make_macro(staff=by, site=shop.site.public_key, values=given)


def hand_over(to: Staff) -> dict[str, str]:
    return {"do": "hand_over", "to_agent": agent_of(to).public_id}


def test_a_managers_macro_is_everybodys_and_an_agents_is_their_own(shop: House, boss: Staff) -> None:
    ana, ben = shop.staff("ana"), shop.staff("ben")
    make(boss, shop)
    mine = make(ana, shop)
    assert [row.personal for row in macros_for(ana)] == [False, True]
    assert [row.personal for row in macros_for(ben)] == [False]
    with pytest.raises(NotFound):
        delete_macro(staff=ben, macro=mine.public_id)
    with pytest.raises(ValidationError, match="Only managers"):
        change_macro(staff=ana, macro=mine.public_id, values={"personal": False})
    eve = house("Elsewhere").staff("eve", role="manager", answers=False)
    with pytest.raises(NotFound):
        change_macro(staff=eve, macro=mine.public_id, values={"name": "Ours"})


def test_a_macro_is_changed_deleted_and_brought_back(shop: House, boss: Staff) -> None:
    row = make(boss, shop)
    change_macro(staff=boss, macro=row.public_id, values={"steps": [CLOSE]})
    delete_macro(staff=boss, macro=row.public_id)
    assert not macros_for(boss).exists()
    bring_back_macro(staff=boss, macro=row.public_id)
    assert macros_for(boss).get().steps == [CLOSE]
    with pytest.raises(ValidationError, match="Another macro"):
        make(boss, shop)


def test_a_transfer_leads_to_a_queue_of_the_site(shop: House, boss: Staff) -> None:
    elsewhere = house("Elsewhere").queue
    make(boss, shop, steps=[{"do": "transfer", "to_queue": shop.queue.public_id}])
    with pytest.raises(ValidationError) as refused:
        make(boss, shop, name="Away", steps=[{"do": "transfer", "to_queue": elsewhere.public_id}])
    assert list(refused.value.message_dict) == ["steps"]


def test_it_hands_over_to_somebody_who_answers_chats_of_the_site(shop: House, boss: Staff) -> None:
    ben, eve = shop.staff("ben"), house("Elsewhere").staff("eve")
    make(boss, shop, steps=[THANKS, hand_over(ben)])
    left = shop.staff("lea")
    User.objects.filter(pk=left.user.pk).update(is_active=False)
    for other in (eve, left, shop.staff("mia", role="manager")):
        with pytest.raises(ValidationError, match="no such agent"):
            make(boss, shop, name="Away", steps=[hand_over(other)])
    assert list(agents_to_hand_to(shop.site)) == [ben.agent]


def test_who_is_gone_by_then_is_refused_as_by_hand_and_the_chat_stays(shop: House, boss: Staff) -> None:
    """A macro is run by the ordinary commands."""
    ana, ben = shop.staff("ana", status="online"), shop.staff("ben")
    make(boss, shop, steps=[hand_over(ben)])
    chat = shop.chat()
    for gone in (False, True):
        User.objects.filter(pk=ben.user.pk).update(is_active=not gone)
        with pytest.raises(Unavailable):
            transfer_conversation(
                staff=ana, conversation=chat.pk, client_id=uuid4(), to_agent=agent_of(ben).public_id
            )
    chat.refresh_from_db()
    assert (chat.owner, chat.offered_to) == (ana.agent, None)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [CLOSE, THANKS],
        [{"do": "transfer", "to_queue": "x"}, CLOSE],
        [{"do": "hand_over", "to_agent": "x"}, CLOSE],
        [{"do": "hand_over", "to_queue": "x"}],
        [{"do": "hand_over"}],
        [{"do": "explode"}],
        [{"do": "tag", "tag": "!"}],
        [{"do": "snooze", "when": "one fine day"}],
        [{"do": "snooze", "when": "tomorrow 9"}, CLOSE],
        [{"do": "reply"}],
        [{"do": "reply", "text": " "}],
        [{"do": "note", "text": "{{nothing}}"}],
        [{**CLOSE, "text": "more"}],
        [THANKS] * 9,
        {"do": "close"},
    ],
    ids=str,
)
def test_what_could_not_be_done_is_no_macro(steps: Any) -> None:
    with pytest.raises(InvalidSteps):
        steps_of(steps)

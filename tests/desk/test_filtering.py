"""What each condition of a filter means, beside chats that it holds of and chats that it does not."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.snoozing import snooze_conversation
from support_chat.desk.actions.tagging import tag_conversation
from support_chat.desk.database_time import database_now
from support_chat.desk.filtering import Moment, matching
from support_chat.desk.models import Conversation, Queue
from support_chat.live.order_frames import Rules
from support_chat.live.refusals import BadField
from tests.desk.people import House
from tests.desk.time_passes import answered

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online", capacity=3)


@pytest.fixture
def chats(shop: House, ana: Staff) -> dict[str, Conversation]:
    """One of each kind: talked in, put aside, closed, and waiting for ten minutes in another queue."""
    found = {name: answered(shop, ana) for name in ("active", "aside", "closed")}
    about = {"conversation": found["aside"].pk, "client_id": uuid4(), "when": "in 2 hours", "zone": "UTC"}
    snooze_conversation(staff=ana, **about)
    end_conversation(visitor=found["closed"].visitor, conversation=found["closed"].pk, client_id=uuid4())
    tag_conversation(staff=ana, conversation=found["closed"].pk, client_id=uuid4(), add=["Late", "order"])
    tag_conversation(staff=ana, conversation=found["active"].pk, client_id=uuid4(), add=["order"])
    other = Queue.objects.create(site=shop.site, name="Returns", routing="manual")
    found["waiting"] = shop.chat()
    Conversation.objects.filter(pk=found["waiting"].pk).update(
        state="queued",
        owner=None,
        sort_key=1,
        queue=other,
        priority="high",
        queued_at=database_now() - timedelta(minutes=10),
        locale="de-AT",
        reply_to="w@mail.example",
    )
    return found


def held(chats: dict[str, Conversation], rules: dict[str, Any], me: Staff | None = None) -> set[str]:
    """The names of those that it holds of."""
    moment = Moment(me.agent.pk if me and me.agent else None, database_now())
    found = Conversation.objects.filter(matching(msgspec.convert(rules, Rules), moment))
    keys = set(found.values_list("pk", flat=True))
    return {name for name, chat in chats.items() if chat.pk in keys}


def only(field: str, value: str, *, negated: bool = False) -> dict[str, Any]:
    return {"groups": [{"conditions": [{"field": field, "value": value, "negated": negated}]}]}


CONDITIONS = [
    ("state", "queued", {"waiting"}),
    ("state", "active", {"active"}),
    ("state", "snoozed", {"aside"}),
    ("state", "closed", {"closed"}),
    ("agent", "me", {"active", "aside", "closed"}),
    ("agent", "nobody", {"waiting"}),
    ("tag", "order", {"active", "closed"}),
    ("tag", "LATE", {"closed"}),
    ("tag", "unknown", set()),
    ("priority", "high", {"waiting"}),
    ("waiting", "300", {"waiting"}),
    ("waiting", "900", set()),
    ("language", "de", {"waiting"}),
    ("language", "d", set()),
    ("email", "yes", {"waiting"}),
]


@pytest.mark.parametrize(("field", "value", "names"), CONDITIONS)
def test_a_condition_holds_of_these_and_its_opposite_of_the_rest(
    chats: dict[str, Conversation], ana: Staff, field: str, value: str, names: set[str]
) -> None:
    assert held(chats, only(field, value), ana) == names
    assert held(chats, only(field, value, negated=True), ana) == chats.keys() - names


def test_a_queue_and_an_agent_are_meant_by_their_ids(chats: dict[str, Conversation], ana: Staff) -> None:
    returns = Queue.objects.get(name="Returns")
    assert held(chats, only("queue", returns.public_id)) == {"waiting"}
    assert ana.agent is not None
    assert held(chats, only("agent", ana.agent.public_id)) == {"active", "aside", "closed"}


def test_whoever_answers_no_chats_has_none_of_their_own(chats: dict[str, Conversation]) -> None:
    assert held(chats, only("agent", "me")) == set()


def test_groups_are_joined_as_they_say_and_so_are_their_conditions(chats: dict[str, Conversation]) -> None:
    late, closed = ({"field": "tag", "value": "late"}, {"field": "state", "value": "closed"})
    order, queued = ({"field": "tag", "value": "order"}, {"field": "state", "value": "queued"})
    both = {"match": "all", "conditions": [order, closed]}
    either = {"match": "any", "conditions": [late, queued]}
    assert held(chats, {"match": "all", "groups": [both, either]}) == {"closed"}
    assert held(chats, {"match": "any", "groups": [both, either]}) == {"closed", "waiting"}
    assert held(chats, {"groups": [{"match": "all", "conditions": [order, queued]}]}) == set()


@pytest.mark.parametrize(
    ("field", "value"),
    [("state", "open"), ("priority", "top"), ("waiting", "long"), ("waiting", "-1"), ("email", "maybe")],
)
def test_a_value_that_a_field_cannot_have_is_refused(field: str, value: str) -> None:
    with pytest.raises(BadField):
        held({}, only(field, value))

"""An agent invites a visitor on the site: by its rules, once in a day; and what becomes of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk.access import Staff, author_of, staff_of
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.actions.forgetting import forget_visitor
from support_chat.desk.actions.inviting import decline_invitation, invite_visitor
from support_chat.desk.actions.messages import post_reopening
from support_chat.desk.actions.visits import Move, move_visitors
from support_chat.desk.blocks import FOR_GOOD
from support_chat.desk.bodies import body_of
from support_chat.desk.errors import NotAllowed, NotFound, Unavailable
from support_chat.desk.models import Agent, Conversation, Invitation, Site, Visitor
from support_chat.desk.on_site import invitations_told, list_visitors
from support_chat.desk.posting import Posting
from support_chat.live.news import News
from support_chat.live.refusals import Refused
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

PRICES = {"words": "Questions about prices?", "path": "/pricing*", "after": 30, "when": "always"}
RULES = {"never": ["*/cart*"], "rules": [PRICES]}
DAY = timedelta(days=1)


@pytest.fixture
def shop(db: None) -> House:
    """Its chat may speak first."""
    made = house()
    Site.objects.update(invitations=RULES)
    made.site.refresh_from_db()
    return made


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture
def vera(shop: House) -> Visitor:
    return comes(shop.visitor())


def comes(visitor: Visitor, page: str = "https://shop.example/pricing/team") -> Visitor:
    move_visitors([Move(visitor=visitor.pk, here=True, page=page)])
    return visitor


def invites(staff: Staff, visitor: Visitor, text: str = "Any questions?") -> Invitation:
    return invite_visitor(staff=staff, visitor=visitor.public_id, text=text)


def writes_on(visitor: Visitor, chat: Conversation) -> None:
    """One more message into a chat that is closed."""
    author = author_of(visitor)
    posting = Posting(
        conversation=chat.pk, author=author, client_id=uuid4(), body="One more thing", visitor=visitor.pk
    )
    post_reopening(posting=posting)


def row_of(staff: Staff) -> dict[str, Any]:
    """The only visitor of the list."""
    (row,) = list_visitors(staff)["visitors"]
    return dict(row)


def became(staff: Staff) -> str:
    """What the list says of this agent's only invitation."""
    (own,) = list_visitors(staff)["invited"]
    return str(own["state"])


def is_invited(visitor: Visitor) -> bool:
    return invitations_told([visitor]) != [None]


def test_a_visitor_is_invited_by_the_name_that_visitors_know(
    shop: House, ana: Staff, vera: Visitor, told: list[News]
) -> None:
    assert (row_of(ana)["barred"], row_of(ana)["words"]) == ("", "Questions about prices?")
    told.clear()
    made = invites(ana, vera, "  Any questions?  ")
    assert invitations_told([vera]) == [{"id": made.public_id, "name": "Ana", "text": "Any questions?"}]
    by_topic = {news.topic: news.frames for news in told}
    assert '"name":"Ana"' in by_topic[vera.topic]["visitor"][0]
    assert "staff" not in by_topic[vera.topic]
    assert "Any questions?" not in str(by_topic[shop.site.visitors_topic]), "nobody else's console reads it"
    assert became(ana) == "open"


BARRED: dict[str, Callable[[Visitor], object]] = {
    "off": lambda vera: Site.objects.update(invitations=None),
    "page": lambda vera: comes(vera, "https://shop.example/de/CART/2"),
    "blocked": lambda vera: Visitor.objects.filter(pk=vera.pk).update(blocked_until=FOR_GOOD),
}


@pytest.mark.parametrize("why", BARRED)
def test_by_the_rules_of_the_site_some_are_not_invited(ana: Staff, vera: Visitor, why: str) -> None:
    BARRED[why](vera)
    assert row_of(staff_of(ana.user))["barred"] == why
    with pytest.raises(NotAllowed):
        invites(staff_of(ana.user), vera)
    assert not is_invited(vera)


def test_whom_the_website_has_yet_to_name_is_not_invited_where_only_such_may_write(
    ana: Staff, vera: Visitor
) -> None:
    Site.objects.update(verified_only=True)
    assert row_of(ana)["barred"] == "blocked"
    Visitor.objects.filter(pk=vera.pk).update(subject="customer-1")
    assert row_of(ana)["barred"] == ""


def test_rules_that_cannot_be_read_any_more_invite_nobody(ana: Staff, vera: Visitor) -> None:
    Site.objects.update(invitations={"rules": "none"})
    assert row_of(ana)["barred"] == "page"


def test_nobody_is_invited_twice_within_a_day(shop: House, ana: Staff, vera: Visitor) -> None:
    first = invites(ana, vera)
    assert invites(ana, vera) == first, "the same once more is done"
    ben = shop.staff("ben", status="online")
    for staff, text in ((ana, "Other words"), (ben, "Any questions?")):
        with pytest.raises(NotAllowed):
            invites(staff, vera, text)
    Invitation.objects.update(made_at=timezone.now() - DAY)
    assert invites(ben, vera) != first


def test_who_said_no_is_left_alone_for_a_day_from_then_on(ana: Staff, vera: Visitor) -> None:
    made = invites(ana, vera)
    Invitation.objects.update(made_at=timezone.now() - DAY + timedelta(minutes=1))
    decline_invitation(visitor=vera, invitation=made.public_id)
    decline_invitation(visitor=vera, invitation=made.public_id)
    assert not is_invited(vera)
    assert became(ana) == "declined"
    Invitation.objects.update(made_at=timezone.now() - DAY)
    with pytest.raises(NotAllowed):
        invites(ana, vera)
    Invitation.objects.update(ended_at=timezone.now() - DAY)
    invites(ana, vera)


def test_another_visitors_invitation_cannot_be_declined(shop: House, ana: Staff, vera: Visitor) -> None:
    made = invites(ana, vera)
    with pytest.raises(NotFound):
        decline_invitation(visitor=shop.visitor(), invitation=made.public_id)
    assert is_invited(vera)


def away(shop: House, ana: Staff) -> Staff:
    Agent.objects.update(status=Agent.Status.AWAY)
    return ana


WHO: dict[str, tuple[Callable[[House, Staff], Staff], type[Refused]]] = {
    "is away": (away, Unavailable),
    "answers no chats": (lambda shop, ana: shop.staff("boss", role="manager", answers=False), NotAllowed),
    "is of another team": (lambda shop, ana: house("Elsewhere").staff("eve", status="online"), NotFound),
}


@pytest.mark.parametrize("who", WHO)
def test_only_who_could_answer_invites(shop: House, ana: Staff, vera: Visitor, who: str) -> None:
    staff, refusal = WHO[who][0](shop, ana), WHO[who][1]
    with pytest.raises(refusal):
        invites(staff, vera)
    assert not is_invited(vera)


def test_who_is_gone_or_has_a_chat_is_not_invited(shop: House, ana: Staff, vera: Visitor) -> None:
    shop.chat(vera)
    gone = shop.visitor()
    for visitor in (vera, gone):
        with pytest.raises(NotFound):
            invites(ana, visitor)


def test_a_chat_that_is_begun_answers_and_says_so_to_the_team_alone(
    shop: House, ana: Staff, vera: Visitor
) -> None:
    invites(ana, vera)
    chat = shop.chat(vera)
    opened = chat.entries.select_related("body").get(kind="opened")
    said = body_of(opened)["invitation"]
    assert ana.agent is not None
    assert said == {"by": {"id": ana.agent.public_id, "name": "Ana Costa"}, "text": "Any questions?"}
    assert not is_invited(vera)
    (own,) = list_visitors(ana)["invited"]
    assert (own["state"], own["conversation"]) == ("answered", chat.public_id)


def test_who_goes_on_with_a_chat_that_was_over_answers_too(shop: House, ana: Staff, vera: Visitor) -> None:
    chat = shop.chat(vera)
    for _ in range(2):  # also where it answered an earlier one
        close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
        Invitation.objects.update(made_at=timezone.now() - DAY)
        invites(ana, vera)
        writes_on(vera, chat)
        reopened = chat.entries.select_related("body").filter(kind="reopened").last()
        assert reopened is not None
        assert body_of(reopened)["invitation"]["text"] == "Any questions?"
        assert not is_invited(vera)
        (own,) = list_visitors(ana)["invited"]
        assert (own["state"], own["conversation"]) == ("answered", chat.public_id)


def test_an_invitation_of_yesterday_is_answered_by_nobody(shop: House, ana: Staff, vera: Visitor) -> None:
    invites(ana, vera)
    Invitation.objects.update(made_at=timezone.now() - DAY)
    assert not is_invited(vera)
    opened = shop.chat(vera).entries.select_related("body").get(kind="opened")
    assert "invitation" not in body_of(opened)


def test_among_agents_whoever_asked_gets_the_answer_and_nobody_is_overtaken(
    shop: House, vera: Visitor
) -> None:
    ana = shop.staff("ana", status="online", capacity=1)
    ben = shop.staff("ben", status="online", capacity=3)
    invites(ana, vera)
    assert ana.agent is not None
    assert ben.agent is not None
    Agent.objects.update(status=Agent.Status.AWAY)
    earlier, answer = shop.chat(), shop.chat(vera)
    Agent.objects.update(status=Agent.Status.ONLINE)
    assign_waiting(site=shop.site.pk)
    owners = dict(Conversation.objects.values_list("pk", "owner"))
    assert owners == {earlier.pk: ben.agent.pk, answer.pk: ana.agent.pk}
    why = body_of(answer.entries.select_related("body").get(kind="assigned"))["why"]
    assert why["rule"] == "invited"


def test_who_left_before_they_answered_is_said_to_have(ana: Staff, vera: Visitor) -> None:
    invites(ana, vera)
    move_visitors([Move(visitor=vera.pk, here=False)])
    assert became(ana) == "left"
    comes(vera)
    assert became(ana) == "open", "they may still answer"


def test_a_cards_number_is_hidden_in_an_invitation_too(ana: Staff, vera: Visitor) -> None:
    assert "4242 4242" not in invites(ana, vera, "4242 4242 4242 4242?").text


def test_who_ends_and_forgets_it_all_leaves_no_invitation(ana: Staff, vera: Visitor) -> None:
    invites(ana, vera)
    forget_visitor(visitor=vera)
    assert not Invitation.objects.exists()
    assert list_visitors(ana) == {"visitors": [], "total": 0, "invited": []}

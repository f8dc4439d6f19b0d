"""Lists of one's own choice: what may be read and nothing else, page by page, each chat once."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest

from support_chat.desk.access import Staff, conversations_for_staff, staff_of
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.filters import delete_filter, save_filter
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.snoozing import snooze_conversation
from support_chat.desk.errors import NotFound
from support_chat.desk.models import Conversation, Queue, SavedFilter
from support_chat.desk.views import COUNTED, list_conversations, readable
from support_chat.live.order_frames import Rules, Which
from support_chat.live.refusals import BadField
from tests.desk.people import House, house
from tests.desk.time_passes import answered

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online", capacity=4)


def listed(staff: Staff, limit: int = 50, after: str | None = None, **which: Any) -> dict[str, Any]:
    return list_conversations(staff, msgspec.convert(which, Which), after=after, limit=limit)


def names(page: dict[str, Any]) -> list[str]:
    return [row["conversation"] for row in page["rows"]]


def all_pages(staff: Staff, limit: int, **which: Any) -> list[str]:
    found, after = list[str](), None
    while True:
        page = listed(staff, limit, after, **which)
        found += names(page)
        after = page["next"]
        if after is None:
            return found


def close(chat: Conversation) -> Conversation:
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    return chat


def test_each_view_holds_what_its_name_says(shop: House, ana: Staff) -> None:
    ben = shop.staff("ben", capacity=1)
    mine, aside, closed = [answered(shop, ana) for _ in range(3)]
    about = {"conversation": aside.pk, "client_id": uuid4(), "when": "in 2 hours", "zone": "UTC"}
    snooze_conversation(staff=ana, **about)
    close(closed)
    handed = answered(shop, ana)
    other = Queue.objects.create(site=shop.site, name="Returns", routing="manual")
    transfer_conversation(staff=ana, conversation=handed.pk, client_id=uuid4(), to_queue=other.public_id)
    by_now = staff_of(ana.user)
    views = {
        view: names(listed(by_now, view=view)) for view in ("mine", "queue", "team", "snoozed", "closed")
    }
    assert views == {
        "mine": [handed.public_id, mine.public_id],
        "queue": [handed.public_id],
        "team": [],
        "snoozed": [aside.public_id],
        "closed": [closed.public_id],
    }
    assert set(names(listed(ben, view="team"))) == {handed.public_id, aside.public_id, mine.public_id}
    assert names(listed(ben, view="mine")) == []


def test_what_may_be_read_is_listed_and_nothing_else(shop: House, ana: Staff) -> None:
    """By the list as by the door for each alone, whoever asks."""
    returns = Queue.objects.create(site=shop.site, name="Returns", routing="manual")
    elsewhere = house("Elsewhere")
    chats = [answered(shop, ana), close(shop.chat()), shop.chat(), elsewhere.chat()]
    handed = answered(shop, ana)
    transfer_conversation(staff=ana, conversation=handed.pk, client_id=uuid4(), to_queue=returns.public_id)
    everybody = [
        ana,
        shop.staff("rita", queue=returns),
        shop.staff("quin", queue=shop.queue),
        shop.staff("mia", role="manager", answers=False),
        elsewhere.staff("eve"),
    ]
    for staff in everybody:
        known = [chat.public_id for chat in (*chats, handed)]
        doors = {row.public_id for row in conversations_for_staff(staff, known)}
        assert {row.public_id for row in readable(staff)} == doors, staff.user


@pytest.mark.parametrize("view", ["queue", "closed"])
def test_pages_hold_each_chat_once_in_the_order_of_their_view(shop: House, view: str) -> None:
    sue = shop.staff("sue", role="supervisor")
    chats = [shop.chat() for _ in range(7)]
    if view == "closed":
        chats = [close(chats[at]) for at in (3, 0, 6, 1, 5, 2, 4)][::-1]
    assert all_pages(sue, 3, view=view) == [chat.public_id for chat in chats]
    assert listed(sue, 3, view=view)["total"] == 7
    assert "total" not in listed(sue, 3, listed(sue, 3, view=view)["next"], view=view)


def test_a_page_goes_on_behind_the_last_row_whatever_came_and_went(shop: House) -> None:
    sue = shop.staff("sue", role="supervisor")
    chats = [close(shop.chat()) for _ in range(6)]
    first = listed(sue, 2, view="closed")
    close(shop.chat())
    assert names(listed(sue, 2, first["next"], view="closed")) == [chats[3].public_id, chats[2].public_id]


def test_closed_chats_of_two_sites_are_one_list(shop: House) -> None:
    sue = shop.staff("sue", role="supervisor")
    other = house("Other")
    sue.user.memberships.create(site=other.site, role="agent")
    both = staff_of(sue.user)
    chats = [close(place.chat()) for place in (shop, other, other, shop)]
    assert all_pages(both, 1, view="closed") == [chat.public_id for chat in reversed(chats)]


def test_a_long_list_is_counted_up_to_where_nobody_reads_the_difference(shop: House) -> None:
    sue = shop.staff("sue", role="supervisor")
    visitors = [shop.visitor() for _ in range(3)]
    same = {"site": shop.site, "queue": shop.queue, "state": "closed"}
    Conversation.objects.bulk_create(
        Conversation(**same, visitor=visitors[n % 3], start_id=uuid4()) for n in range(COUNTED + 20)
    )
    assert listed(sue, view="closed")["total"] == COUNTED + 1


def test_by_conditions_and_by_a_filter_the_newest_come_first(shop: House, ana: Staff) -> None:
    chats = [answered(shop, ana) for _ in range(3)]
    rules = {"groups": [{"conditions": [{"field": "agent", "value": "me"}]}]}
    newest = [chat.public_id for chat in reversed(chats)]
    assert all_pages(ana, 2, rules=rules) == newest
    saved = save_filter(
        staff=ana,
        client_id=uuid4(),
        site=shop.site.public_key,
        name="Mine",
        rules=msgspec.convert(rules, Rules),
    )
    assert all_pages(ana, 2, filter=saved.public_id) == newest
    with pytest.raises(NotFound):
        listed(shop.staff("ben"), filter=saved.public_id)


def test_a_filter_that_is_deleted_or_not_shared_any_more_is_gone_for_who_has_it_open(
    shop: House, ana: Staff
) -> None:
    sue = shop.staff("sue", role="supervisor")
    about = {
        "site": shop.site.public_key,
        "name": "Mine",
        "rules": msgspec.convert({"groups": [{"conditions": [{"field": "agent", "value": "me"}]}]}, Rules),
    }
    saved = save_filter(staff=sue, client_id=uuid4(), **about, shared=True)
    assert names(listed(ana, filter=saved.public_id)) == []
    save_filter(staff=sue, client_id=uuid4(), **about, known=saved.public_id)
    with pytest.raises(NotFound):
        listed(ana, filter=saved.public_id)
    delete_filter(staff=sue, known=saved.public_id)
    with pytest.raises(NotFound):
        listed(sue, filter=saved.public_id)


@pytest.mark.parametrize("field", ["queue", "agent", "tag"])
def test_a_filter_on_what_is_gone_finds_nothing_and_its_opposite_everything(
    shop: House, ana: Staff, field: str
) -> None:
    chat = answered(shop, ana)

    def found(*, negated: bool) -> list[str]:
        condition = {"field": field, "value": "gone", "negated": negated}
        return names(listed(ana, rules={"groups": [{"conditions": [condition]}]}))

    assert (found(negated=False), found(negated=True)) == ([], [chat.public_id])


def test_what_was_kept_under_other_rules_is_refused_by_name(shop: House, ana: Staff) -> None:
    kept = {"site": shop.site, "made_by": ana.user, "client_id": uuid4(), "name": "Old"}
    for condition in ({"field": "mood", "value": "bad"}, {"field": "priority", "value": "odd"}):
        rules = {"groups": [{"conditions": [condition]}]}
        saved = SavedFilter.objects.create(**{**kept, "client_id": uuid4()}, rules=rules)
        with pytest.raises(BadField):
            listed(ana, filter=saved.public_id)


@pytest.mark.parametrize("which", [{}, {"view": "mine", "conversations": ["x"]}])
def test_it_is_said_in_one_way_which_chats_are_meant(ana: Staff, which: dict[str, Any]) -> None:
    with pytest.raises(BadField):
        listed(ana, **which)


def test_a_cursor_of_nobodys_making_is_refused(ana: Staff) -> None:
    with pytest.raises(BadField):
        listed(ana, after=f"{10**19}.1", view="closed")


@pytest.mark.parametrize("view", ["queue", "closed", "team"])
def test_a_part_of_a_list_is_read_again_with_what_it_holds_by_now(shop: House, view: str) -> None:
    ben = None if view == "queue" else shop.staff("ben", status="online", capacity=9)
    chats = [answered(shop, ben) if ben else shop.chat() for _ in range(6)]
    if view == "closed":
        for chat in chats:
            close(chat)
    sue = shop.staff("sue", role="supervisor", answers=False)
    which = msgspec.convert({"view": view}, Which)
    order = all_pages(sue, 10, view=view)
    first = list_conversations(sue, which, after=None, limit=2)
    second = list_conversations(sue, which, after=first["next"], limit=2)
    assert len(order) == 6

    def part(after: str | None, until: str, limit: int = 10) -> dict[str, Any]:
        return list_conversations(sue, which, after=after, until=until, limit=limit)

    assert names(part(first["next"], second["next"])) == order[2:4]
    head = part(None, first["next"])
    assert (names(head), head["next"], head["total"]) == (order[:2], None, 6)
    one = part(first["next"], second["next"], limit=1)
    assert (names(one), names(part(one["next"], second["next"]))) == ([order[2]], [order[3]])
    if view != "closed":
        close(next(chat for chat in chats if chat.public_id == order[3]))
        assert names(part(first["next"], second["next"])) == [order[2]], "up to where its last row stood"

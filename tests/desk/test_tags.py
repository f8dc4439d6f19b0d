"""What a tag is, and that chats are found by those that they bear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_chat.desk.models import Conversation, Tag, TaggedChat
from support_chat.desk.tags import LONGEST, keep_tags, tag_of, tags_of
from tests.desk.people import House, house

AS_KEPT = {
    "Late delivery": "late-delivery",
    "  VIP!  ": "vip",
    "Rückgabe/Umtausch": "rückgabe-umtausch",
    "two -- words": "two-words",
    "हिन्दी": "हिन्दी",
    "№ 5": "no-5",
    "!?": "",
}


@pytest.mark.parametrize(("typed", "kept"), AS_KEPT.items())
def test_a_tag_is_kept_in_small_letters_with_hyphens(typed: str, kept: str) -> None:
    assert tag_of(typed) == kept


@given(st.text(max_size=100))
def test_what_is_kept_is_kept_as_it_is_and_is_never_too_long(typed: str) -> None:
    kept = tag_of(typed)
    assert tag_of(kept) == kept
    assert len(kept) <= LONGEST
    assert not kept or kept.strip("-") == kept


def names_of(chat: Conversation) -> set[str]:
    return set(TaggedChat.objects.filter(conversation=chat).values_list("tag__name", flat=True))


@pytest.mark.django_db
def test_chats_are_found_by_the_tags_of_their_rows_and_by_no_others(shop: House) -> None:
    first, second = shop.chat(), shop.chat()
    first.tags, second.tags = ["late", "order"], ["order"]
    keep_tags([first, second])
    first.tags = ["lost"]
    keep_tags([first])
    assert (names_of(first), names_of(second)) == ({"lost"}, {"order"})
    assert Tag.objects.filter(site=shop.site).count() == 3


@pytest.mark.django_db
def test_the_tags_of_ones_sites_are_suggested_the_latest_used_first(shop: House) -> None:
    first, second = shop.chat(), shop.chat()
    first.tags, second.tags = ["late"], ["order"]
    keep_tags([second, first])
    elsewhere = house("Elsewhere")
    other = elsewhere.chat()
    other.tags = ["foreign"]
    keep_tags([other])
    assert [each["name"] for each in tags_of([shop.site])] == ["order", "late"]
    second.tags = []
    keep_tags([second])
    assert [each["name"] for each in tags_of([shop.site])] == ["late"], "what nobody uses is not suggested"

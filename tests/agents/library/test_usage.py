"""How replies are used is counted from what agents picked."""

from datetime import timedelta

import pytest

from agents.library.usage import Usage, is_stale, usage_of
from support_chat.desk.database_time import database_now
from support_chat.desk.models import CannedReply, Conversation, Pick
from tests.desk.people import House

pytestmark = pytest.mark.django_db


def picked(reply: CannedReply, chat: Conversation, *, days: int, edited: bool | None = None) -> None:
    at = database_now() - timedelta(days=days)
    position = Pick.objects.count() + 1
    Pick.objects.create(
        site=reply.site, conversation=chat, reply=reply, position=position, edited=edited, at=at
    )


def test_picks_are_counted_by_age_with_what_was_edited_and_how_chats_were_rated(shop: House) -> None:
    late, other = shop.reply("late", "It is late."), shop.reply("other", "Never.")
    good, bad, unrated = shop.chat(), shop.chat(), shop.chat()
    Conversation.objects.filter(pk=good.pk).update(rating=5)
    Conversation.objects.filter(pk=bad.pk).update(rating=2)
    for days, chat, edited in ((1, good, True), (40, bad, False), (80, unrated, None), (100, unrated, True)):
        picked(late, chat, days=days, edited=edited)
    now = database_now()
    usage = usage_of([late, other], now=now)
    assert list(usage) == [late.pk]
    told = usage[late.pk]
    assert (told.lately, told.long, told.edited_percent, told.rating, told.rated) == (1, 3, 50, 3.5, 2)
    assert told.last is not None
    assert now - told.last < timedelta(days=2)


@pytest.mark.parametrize(
    ("made", "used", "stale"),
    [(None, None, True), (10, None, False), (100, None, True), (100, 10, False), (100, 95, True)],
)
def test_stale_is_what_was_there_for_90_days_and_nobody_used(
    shop: House, made: int | None, used: int | None, stale: bool
) -> None:
    now = database_now()
    reply = CannedReply(made_at=None if made is None else now - timedelta(days=made))
    usage = Usage(last=None if used is None else now - timedelta(days=used))
    assert is_stale(reply, usage, now=now) is stale

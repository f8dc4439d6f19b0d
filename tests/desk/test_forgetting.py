"""Who ends it all on a shared device leaves nothing there that opens their chat."""

import pytest

from support_chat.desk.access import visitor_by_bearer
from support_chat.desk.actions.forgetting import forget_visitor, forgotten_lately
from support_chat.desk.actions.picks import keep_memory, pick_reply
from support_chat.desk.actions.visitors import make_visitor
from support_chat.desk.errors import UnknownToken
from support_chat.desk.ids import fingerprint
from support_chat.desk.models import Conversation, Pick, PickMemory, VisitorKey
from tests.desk.people import house

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_chat_ends_and_no_secret_of_theirs_opens_anything_any_more() -> None:
    shop = house()
    visitor, token = make_visitor(site=shop.site)
    stranger, other = make_visitor(site=shop.site)
    VisitorKey.objects.create(visitor=visitor, sha256=fingerprint("on their phone"))
    chat = shop.chat(visitor)
    assert visitor_by_bearer("on their phone") == visitor
    forget_visitor(visitor=visitor)
    assert Conversation.objects.get(pk=chat.pk).state == "closed"
    for secret in (token, "on their phone"):
        with pytest.raises(UnknownToken):
            visitor_by_bearer(secret)
    assert visitor_by_bearer(other) == stranger
    assert forgotten_lately() == [visitor.topic]


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_learnt_of_their_words_is_left() -> None:
    shop = house()
    ana, late = shop.staff("ana", status="online"), shop.reply("late", "It is late.")
    vera, other = shop.visitor(), shop.chat()
    for chat in (shop.chat(vera, body="I am Vera from Oslo"), other):
        pick_reply(staff=ana, conversation=chat.pk, reply=late.public_id, typed="vera", position=2)
    assert keep_memory(site=shop.site.pk, generation=0, learnt=[1, 2], memory=b"both")
    forget_visitor(visitor=vera)
    assert [each.conversation for each in Pick.objects.all()] == [other]
    kept = PickMemory.objects.get()
    assert (kept.generation, kept.memory) == (1, None)
    forget_visitor(visitor=shop.visitor())
    assert PickMemory.objects.get().generation == 1, "of whom nothing was learnt, nothing is unlearnt"

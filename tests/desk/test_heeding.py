"""An agent sets of what they want to hear; what is wrong is refused by name, and nothing of it is kept."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.actions.heeding import set_attention
from support_chat.desk.alerting import attention_of
from support_chat.desk.errors import NotAllowed
from support_chat.desk.models import Attention
from tests.desk.people import House
from tests.desk.time_passes import agent_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_some_of_it_is_set_and_the_rest_stays(shop: House) -> None:
    ana = shop.staff("ana")
    assert attention_of(agent_of(ana)).scope == "queue"
    set_attention(staff=ana, values={"quiet": [["22:00", "07:00"]], "time_zone": "Europe/Lisbon"})
    set_attention(staff=ana, values={"scope": "all", "words": True})
    row = Attention.objects.get()
    assert (row.scope, row.words, row.time_zone, row.quiet) == (
        "all",
        True,
        "Europe/Lisbon",
        [["22:00", "07:00"]],
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("scope", "loud"), ("time_zone", "Mars/Base"), ("quiet", [["22", "7"]]), ("quiet", {"a": 1})),
        *(("quiet", [["01:00", "02:00"]] * 13), ("agent", 1), ("quiet", "night")),
    ],
)
def test_what_is_wrong_is_refused_by_name(shop: House, name: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        set_attention(staff=shop.staff("ana"), values={name: value})
    assert list(refused.value.message_dict) == [name]
    assert not Attention.objects.exists()


def test_whoever_answers_no_chats_has_nothing_to_set(shop: House) -> None:
    with pytest.raises(NotAllowed):
        set_attention(staff=shop.staff("mia", role="manager", answers=False), values={"scope": "all"})

"""Whether a visitor comes on a phone, by what their browser says of itself."""

import pytest

from support_chat.desk import db
from support_chat.desk.models import Visitor
from tests.desk.people import house
from tests.desk.running import running
from tests.live.wire import connected
from widget.arrival import on_phone
from widget.consumers import VisitorConsumer

PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def headers(agent: str) -> list[tuple[bytes, bytes]]:
    return [(b"host", b"chat.example"), (b"user-agent", agent.encode())]


@pytest.mark.parametrize(("agent", "phone"), [(PHONE, True), (IPHONE, True), (LAPTOP, False), ("", False)])
def test_a_phone_is_known_by_its_browser(agent: str, phone: bool) -> None:
    assert on_phone({"headers": headers(agent)}) is phone


def test_a_client_that_says_nothing_of_itself_is_no_phone() -> None:
    assert not on_phone({})


@pytest.mark.django_db(transaction=True)
async def test_a_visitor_is_remembered_to_come_on_what_they_came_on_last() -> None:
    async with running():
        site = (await db.run(house)).site
        token: dict[str, str] = {}
        for agent, phone in ((PHONE, True), (PHONE, True), (LAPTOP, False)):
            async with connected(VisitorConsumer, headers=headers(agent)) as visitor:
                welcome = await visitor.ok("hello", site=site.public_key, **token)
                token = token or {"token": welcome["token"]}
                assert (await db.run(Visitor.objects.get)).phone is phone

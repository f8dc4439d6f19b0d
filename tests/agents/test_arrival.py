import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.arrival import topics_of, welcome_words
from support_chat.desk.models import Queue
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    return house()


def test_every_queue_of_the_site_is_named_with_what_one_is_in_it_and_who_answers_it(home: House) -> None:
    other = Queue.objects.create(site=home.site, name="Returns")
    ana = home.staff("ana", queue=home.queue)
    ben = home.staff("ben", role="supervisor")
    mia = home.staff("mia", role="manager", answers=False)
    assert ana.agent is not None
    assert ben.agent is not None
    everybody, one = [ana.agent.public_id, ben.agent.public_id], [ben.agent.public_id]
    for who, roles in ((ana, (["agent"], [])), (ben, (["supervisor"],) * 2), (mia, (["manager"],) * 2)):
        told = {each["id"]: (each["roles"], each["agents"]) for each in welcome_words(who)["queues"]}
        assert told == {home.queue.public_id: (roles[0], everybody), other.public_id: (roles[1], one)}


def test_a_manager_sees_and_hears_who_waits_in_the_queues_they_watch(home: House) -> None:
    mia = home.staff("mia", role="manager", answers=False)
    chat = home.chat()
    assert [row["conversation"] for row in welcome_words(mia)["inbox"]] == [chat.public_id]
    assert home.queue.topic in topics_of(mia)


def test_a_full_house_costs_no_more_statements_than_a_small_one(home: House) -> None:
    """Of chats, queues and people the one that is first may need a look of its own; those after it do not."""

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            welcome_words(ana)
        return len(asked)

    ana = home.staff("ana", status="online")
    home.chat()
    Queue.objects.create(site=home.site, name="Returns")
    home.chat()
    few = statements()
    for number in range(5):
        home.staff(f"ben-{number}", status="online")
        Queue.objects.create(site=home.site, name=f"Queue {number}")
        home.chat()
    told = welcome_words(ana)
    assert (len(told["queues"]), len(told["teammates"])) == (7, 6)
    assert statements() == few

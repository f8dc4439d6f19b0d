"""An agent whose consoles are all closed is pushed to of what a notice on their desktop would have told."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from support_chat.desk.access import Staff
from support_chat.desk.actions.heeding import set_attention
from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.presence import agent_arrived, agent_left, release_agent, renew_lease
from support_chat.desk.actions.pushing import subscribe, unsubscribe
from support_chat.desk.actions.reaching import reach_all
from support_chat.desk.actions.snoozing import snooze_conversation
from support_chat.desk.actions.status import set_status
from support_chat.desk.database_time import database_now
from support_chat.desk.ledger import write
from support_chat.desk.missed import missed
from support_chat.desk.models import Agent, Conversation, Outbox, PushSubscription, Queue, User
from support_chat.desk.posting import Mark
from support_chat.settings.chat import AGENT_SETTLES, PUSHED_WITHIN, UNNOTICED
from tests.desk.people import House, connect, say
from tests.desk.push_service import ENDPOINT, Browser, Service, work
from tests.desk.time_passes import agent_of, answered, goes_by, now, writes

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House, browser: Browser) -> Staff:
    """Online, with a console, and a browser that takes pushes."""
    staff = shop.staff("ana")
    subscribe(staff=staff, session="a session", endpoint=ENDPOINT, **browser.keys)
    opens(staff)
    set_status(staff=staff, status="online")
    return staff


def opens(staff: Staff) -> None:
    renew_lease()
    agent_arrived(agent=agent_of(staff))


def closes(staff: Staff) -> None:
    """Their last console, and not because its page is loaded again."""
    agent_left(agent=agent_of(staff))
    Agent.objects.filter(left_at__isnull=False).update(
        left_at=F("left_at") - timedelta(seconds=AGENT_SETTLES)
    )


def theirs(shop: House, staff: Staff) -> Conversation:
    """A chat that they have had for a while, and have answered."""
    chat = answered(shop, staff)
    goes_by(chat, 120)
    return now(chat)


def pushed(browser: Browser, service: type[Service]) -> list[tuple[str, str]]:
    """Title and text of each notice that was sent."""
    reach_all()
    work()
    told = [browser.read(body) for _, body in service.got]
    return [(each["title"], each["body"]) for each in told]


def test_a_message_in_a_chat_of_ones_own_is_pushed_without_a_word_of_it(
    shop: House, ana: Staff, browser: Browser, service: type[Service]
) -> None:
    chat = theirs(shop, ana)
    closes(ana)
    say(chat, "Where is my parcel?")
    assert pushed(browser, service) == [("A visitor wrote", "In the queue Questions")]
    assert browser.read(service.got[0][1])["chat"] == chat.public_id


def test_with_the_visitors_words_only_for_whoever_chose_so(
    shop: House, ana: Staff, browser: Browser, service: type[Service]
) -> None:
    set_attention(staff=ana, values={"words": True})
    chat = theirs(shop, ana)
    closes(ana)
    say(chat, "Where is my parcel?")
    assert pushed(browser, service) == [(f"{chat.visitor.called} wrote", "Where is my parcel?")]


def test_of_one_chat_once_until_a_console_is_open_again(
    shop: House, ana: Staff, browser: Browser, service: type[Service]
) -> None:
    chat = theirs(shop, ana)
    closes(ana)
    for text in ("One", "Two", "Three"):
        say(chat, text)
        reach_all()
    assert Outbox.objects.count() == 1
    opens(ana)
    closes(ana)
    say(chat, "Four")
    assert (reach_all(), reach_all()) == (1, 0)
    work()
    topics = {headers["Topic"] for headers, _ in service.got}
    assert len(service.got) == 2
    assert len(topics) == 1, "the push service keeps the newest of a chat"
    assert chat.public_id not in topics


def test_nothing_is_pushed_while_any_process_holds_a_console_of_theirs(shop: House, ana: Staff) -> None:
    chat = theirs(shop, ana)
    connect(agent_of(ana))  # at another process
    closes(ana)
    say(chat, "Hello?")
    assert reach_all() == 0


def test_what_came_before_the_console_was_closed_it_has_told(shop: House, ana: Staff) -> None:
    chat = theirs(shop, ana)
    say(chat, "Hello?")
    closes(ana)
    agent, later = agent_of(ana), database_now() + timedelta(seconds=UNNOTICED)
    assert len(missed([agent], later)) == 1
    agent.left_at = later
    assert missed([agent], later) == []


def test_what_came_while_a_dead_console_was_not_noticed_is_pushed_unless_it_was_read(
    shop: House, ana: Staff
) -> None:
    chat, other = theirs(shop, ana), theirs(shop, ana)
    for each in (chat, other):
        say(each, "Hello?")
    row = now(other)
    said = {"position": row.position, "visible": row.visible, "seen": row.visitor_messages}
    write([Mark(conversation=other.pk, role="agent", **said)])
    closes(ana)
    assert reach_all() == 1
    assert Outbox.objects.get().payload["chat"] == chat.public_id


def test_what_is_older_is_no_news(shop: House, ana: Staff) -> None:
    chat = theirs(shop, ana)
    closes(ana)
    say(chat, "Hello?")
    words = now(chat).last_words
    words["at"] -= PUSHED_WITHIN * 1_000_000
    Conversation.objects.filter(pk=chat.pk).update(last_words=words)
    assert reach_all() == 0


def test_an_offer_and_a_chat_that_was_given_are_pushed_as_what_they_are(
    shop: House, ana: Staff, browser: Browser, service: type[Service]
) -> None:
    shop.chat()
    Queue.objects.update(routing="offer")
    shop.chat()
    closes(ana)
    titles = {title for title, _ in pushed(browser, service)}
    assert titles == {"A new chat for you", "A chat is offered to you"}


def test_a_mention_is_pushed_and_by_whom_only_for_whoever_chose_so(
    shop: House, ana: Staff, browser: Browser, service: type[Service]
) -> None:
    ben, chat = shop.staff("ben", status="online"), theirs(shop, ana)
    closes(ana)
    add_note(staff=ben, conversation=chat.pk, client_id=uuid4(), body="@Ana Costa, a refund?")
    assert pushed(browser, service) == [("A colleague mentions you", "In the queue Questions")]
    set_attention(staff=ana, values={"words": True})
    opens(ana)
    closes(ana)
    add_note(staff=ben, conversation=chat.pk, client_id=uuid4(), body="@Ana Costa, now?")
    assert pushed(browser, service)[1:] == [("Ben Costa mentions you", "@Ana Costa, now?")]


def aside(staff: Staff, chat: Conversation) -> None:
    about = {"conversation": chat.pk, "client_id": uuid4(), "when": "in 2 hours", "zone": "UTC"}
    snooze_conversation(staff=staff, **about)


def test_a_chat_that_was_put_aside_comes_back_by_a_word_of_its_visitor(
    shop: House, ana: Staff, browser: Browser, service: type[Service]
) -> None:
    chat = theirs(shop, ana)
    aside(ana, chat)
    closes(ana)
    release_agent(public_id=agent_of(ana).public_id)
    writes(chat, "It is broken again")
    assert now(chat).state == "queued", "nobody is there to have it"
    assert pushed(browser, service) == [("A visitor wrote", "In the queue Questions")]


def test_a_chat_that_was_put_aside_comes_back_at_its_time(
    shop: House, ana: Staff, browser: Browser, service: type[Service]
) -> None:
    chat = theirs(shop, ana)
    aside(ana, chat)
    closes(ana)
    release_agent(public_id=agent_of(ana).public_id)
    Conversation.objects.filter(pk=chat.pk).update(snoozed_until=database_now())
    assert pushed(browser, service) == [("A chat that you had put aside is back", "In the queue Questions")]


def test_a_chat_that_was_over_and_goes_on_is_whose_it_comes_to(shop: House, ana: Staff) -> None:
    chat = theirs(shop, ana)
    closes(ana)
    Conversation.objects.filter(pk=chat.pk).update(
        state="closed", owner=None, last_owner=ana.agent, closed_at=database_now()
    )
    writes(chat, "One more thing")
    assert now(chat).state == "queued"
    assert reach_all() == 0


@pytest.mark.parametrize("why", ["quiet", "off", "break", "left", "unsubscribed", "deactivated"])
def test_it_is_not_pushed(shop: House, ana: Staff, why: str) -> None:
    chat = theirs(shop, ana)
    closes(ana)
    rows = Agent.objects.filter(pk=agent_of(ana).pk)
    if why == "quiet":
        set_attention(staff=ana, values={"quiet": [["00:00", "24:00"]]})
    elif why == "off":
        rows.update(hours={"week": {}})
    elif why == "break":
        rows.update(status="away", status_cause="chosen")
    elif why == "left":
        rows.update(status="offline", status_cause="chosen")
    elif why == "unsubscribed":
        unsubscribe(staff=ana, endpoint=ENDPOINT)
    else:
        User.objects.update(is_active=False)
    say(chat, "Hello?")
    assert reach_all() == 0
    assert not Outbox.objects.exists()


def test_who_finishes_their_chats_is_told_of_them(shop: House, ana: Staff) -> None:
    chat = theirs(shop, ana)
    set_status(staff=ana, status="offline")
    closes(ana)
    say(chat, "Hello?")
    assert reach_all() == 1


def taken_by_a_colleague(shop: House, ana: Staff, chat: Conversation) -> None:
    Conversation.objects.filter(pk=chat.pk).update(owner=shop.staff("ben").agent)


def answered_meanwhile(shop: House, ana: Staff, chat: Conversation) -> None:
    say(chat, "Just a moment.", by=ana)


def back_at_a_console(shop: House, ana: Staff, chat: Conversation) -> None:
    opens(ana)


@pytest.mark.parametrize("meanwhile", [taken_by_a_colleague, answered_meanwhile, back_at_a_console])
def test_what_is_told_is_looked_at_again_when_it_is_sent(
    shop: House,
    ana: Staff,
    service: type[Service],
    meanwhile: Callable[[House, Staff, Conversation], None],
) -> None:
    chat = theirs(shop, ana)
    closes(ana)
    say(chat, "Hello?")
    assert reach_all() == 1
    meanwhile(shop, ana, chat)
    work()
    assert service.got == []


@pytest.mark.parametrize(("status", "kept"), [(410, 0), (404, 0), (503, 1)])
def test_a_browser_that_is_gone_is_forgotten(
    shop: House, ana: Staff, service: type[Service], status: int, kept: int
) -> None:
    service.status = status
    chat = theirs(shop, ana)
    closes(ana)
    say(chat, "Hello?")
    reach_all()
    work()
    assert PushSubscription.objects.count() == kept


def test_it_is_in_the_agents_own_language_or_else_in_that_of_their_browser(
    shop: House, ana: Staff, browser: Browser, service: type[Service]
) -> None:
    PushSubscription.objects.update(language="de")
    chat = theirs(shop, ana)
    closes(ana)
    say(chat, "Wo ist mein Paket?")
    german = ("Ein Besucher hat geschrieben", "In der Warteschlange Questions")
    assert pushed(browser, service) == [german]
    User.objects.update(language="en")
    opens(ana)
    closes(ana)
    say(chat, "Hallo?")
    assert pushed(browser, service)[1:] == [("A visitor wrote", "In the queue Questions")]


def test_a_page_that_is_loaded_again_is_no_closed_console(shop: House, ana: Staff) -> None:
    chat = theirs(shop, ana)
    say(chat, "Hello?")
    agent_left(agent=agent_of(ana))
    assert reach_all() == 0
    opens(ana)
    assert reach_all() == 0

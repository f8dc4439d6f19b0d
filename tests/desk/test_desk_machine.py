"""Whatever happens at a desk, in whatever order: nobody is lost, nobody has two agents or an agent one chat
too many, nobody is overtaken, and who may be served is served. Against the small desk of desk_model.py."""

from uuid import uuid4

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from hypothesis.stateful import run_state_machine_as_test as play

from support_chat.desk import telling
from support_chat.desk.access import author_of
from support_chat.desk.actions import assignment
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import end_conversation, reopen_conversation
from support_chat.desk.actions.messages import post_reopening
from support_chat.desk.actions.offering import decline_conversation, expire_offer
from support_chat.desk.actions.presence import agent_arrived, release_agent
from support_chat.desk.actions.snoozing import snooze_conversation, snooze_is_over, wake_conversation
from support_chat.desk.actions.status import set_status
from support_chat.desk.actions.supervising import assign_conversation, move_to_front, set_priority
from support_chat.desk.errors import AtCapacity, Changed, NotAllowed, NotFound, NotNext, Unavailable
from support_chat.desk.lines import SYSTEM, Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Presence
from support_chat.desk.posting import Posting
from support_chat.desk.rounds import Rounds
from support_chat.desk.telling import Telling
from support_chat.settings.chat import MISSED_IN_A_ROW
from tests.desk import desk_model as model
from tests.desk.desk_machine import WHY, DeskMachine, a_queue, about, an_agent
from tests.desk.people import connect

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def is_there(chat: model.Chat) -> bool:
    return True


def is_open(chat: model.Chat) -> bool:
    return chat.state != "closed"


def is_talked_in(chat: model.Chat) -> bool:
    return chat.state == "active" and not chat.idle


def is_aside(chat: model.Chat) -> bool:
    return chat.idle and chat.aside


def can_be_put_aside(chat: model.Chat) -> bool:
    return chat.owner is not None and chat.wanted is None and chat.offered is None


def is_closed(chat: model.Chat) -> bool:
    return chat.state == "closed"


def goes_on(chat: model.Chat) -> bool:
    return chat.idle or is_closed(chat)


def is_held(chat: model.Chat) -> bool:
    return chat.owner is not None


def is_offered(chat: model.Chat) -> bool:
    return chat.offered is not None


def waits(chat: model.Chat) -> bool:
    return chat.waits


class Machine(DeskMachine):
    """Each rule does it, and says what the model makes of it; then both are compared."""

    # ------------------------------------------------------------------ visitors

    @rule(queue=a_queue)
    def another_visitor_comes(self, queue: int) -> None:
        self.a_visitor_comes(queue)

    @about(is_open)
    def a_visitor_ends_their_chat(self, chat: model.Chat) -> None:
        end_conversation(visitor=self._row(chat).visitor, conversation=chat.id, client_id=uuid4())
        self.desk.closes(chat)

    @about(is_talked_in)
    def a_visitor_is_quiet(self, chat: model.Chat) -> None:
        with Telling() as told:
            row, now = lock_conversation(chat.id)
            append(told, [Draft(conversation=row, kind="idle", author=SYSTEM)], now=now)
            told.after(self._clock)
        chat.idle, chat.aside = True, False

    @about(goes_on)
    def a_visitor_writes_again(self, chat: model.Chat) -> None:
        visitor = self._row(chat).visitor
        said = {"author": author_of(visitor), "client_id": uuid4(), "body": "And this?"}
        post_reopening(posting=Posting(conversation=chat.id, visitor=visitor.pk, **said))
        if chat.state == "closed":
            self.desk.reopens(chat)
        elif self.desk.room(chat.owner or 0) > 0:
            chat.idle = False
        else:
            self.desk.returns(chat, key=self.desk.comes_back_key())

    # ------------------------------------------------------------------ agents and their chats

    @about(can_be_put_aside)
    def an_agent_puts_it_aside(self, chat: model.Chat) -> None:
        words = {"conversation": chat.id, "client_id": uuid4(), "when": "in 2 hours", "zone": "UTC"}
        snooze_conversation(staff=self.team[self._at(chat.owner)], **words)
        chat.idle = chat.aside = True

    @about(is_aside)
    def an_agent_takes_it_up_again(self, chat: model.Chat) -> None:
        why_not = None if self.desk.room(chat.owner or 0) > 0 else AtCapacity
        if chat.wanted is None and chat.offered is None:
            self._asked(wake_conversation, self._at(chat.owner), chat, why_not)
            chat.idle = why_not is not None

    @about(is_aside)
    def its_time_has_come(self, chat: model.Chat) -> None:
        with Telling() as told:
            row, now = lock_conversation(chat.id)
            until = {"until": now.isoformat(), "said": "now"}
            append(told, [Draft(conversation=row, kind="snoozed", author=SYSTEM, body=until)], now=now)
        snooze_is_over(public_id=row.public_id)
        if self.desk.room(chat.owner or 0) > 0:
            chat.idle = False
        else:
            self.desk.returns(chat, key=self.desk.comes_back_key())

    @about(is_there, at=an_agent)
    def an_agent_accepts(self, chat: model.Chat, at: int) -> None:
        why_not = self._why_not_accepted(self._agent(at), chat)
        self._asked(accept_conversation, at, chat, why_not)
        if why_not is None and chat.owner == self._agent(at).id:
            self.desk.kept(chat)
        elif why_not is None:
            self.desk.taken(chat, self._agent(at).id)

    def _why_not_accepted(self, agent: model.Agent, chat: model.Chat) -> type[Exception] | None:
        if agent.id in (chat.owner, chat.offered):
            return None
        if not {chat.queue, chat.where} & agent.queues:
            return NotFound
        if not chat.waits or chat.offered is not None:
            return Changed
        if chat.where not in agent.queues:
            return NotAllowed
        if self.desk.room(agent.id) <= 0:
            return AtCapacity
        return NotNext if self.desk.first_by_hand(agent.id, chat) else None

    @about(is_offered)
    def an_agent_declines(self, chat: model.Chat) -> None:
        self._asked(decline_conversation, self._at(chat.offered), chat, None)
        self.desk.let_go(chat)

    @about(is_offered)
    def an_offer_expires(self, chat: model.Chat) -> None:
        agent = self.desk.agents[chat.offered or 0]
        expire_offer(public_id=self._row(chat).public_id)
        self.desk.let_go(chat)
        agent.missed += 1
        if agent.missed >= MISSED_IN_A_ROW and agent.status == "online":
            agent.says("away", self.desk.tick())

    @about(is_held, to=an_agent)
    def a_chat_is_handed_to_an_agent(self, chat: model.Chat, to: int) -> None:
        agent = self._agent(to)
        there = agent.status == "online" and agent.here
        why_not = (
            Changed
            if agent.id == chat.owner
            else Unavailable
            if not there
            else AtCapacity
            if self.desk.room(agent.id) <= 0
            else None
        )
        self._handed(chat, why_not, to_agent=self._public_id(to))
        if why_not is None:
            self.desk.kept(chat)
            chat.offered = agent.id

    @about(is_held, to=a_queue)
    def a_chat_is_handed_to_a_queue(self, chat: model.Chat, to: int) -> None:
        self._handed(chat, None, to_queue=self.queues[to].public_id)
        self.desk.handed(chat, self.queues[to].pk)

    @about(is_closed, at=an_agent)
    def an_agent_reopens(self, chat: model.Chat, at: int) -> None:
        agent = self._agent(at)
        why_not = (
            NotFound
            if chat.queue not in agent.queues
            else AtCapacity
            if self.desk.room(agent.id) <= 0
            else None
        )
        self._asked(reopen_conversation, at, chat, why_not)
        if why_not is None:
            self.desk.reopens(chat)
            self.desk.taken(chat, agent.id)

    # ------------------------------------------------------------------ agents themselves

    @rule(at=an_agent, status=st.sampled_from(["online", "away"]))
    def an_agent_says(self, at: int, status: str) -> None:
        set_status(staff=self.team[at], status=status)
        self._agent(at).says(status, self.desk.tick())

    @rule(at=an_agent)
    def an_agent_goes_and_puts_all_back(self, at: int) -> None:
        set_status(staff=self.team[at], status="offline", chats="return")
        self.desk.all_back(self._agent(at).id)
        self._agent(at).says("offline", self.desk.tick())

    @rule(at=an_agent)
    def an_agent_is_lost(self, at: int) -> None:
        agent = self._agent(at)
        if agent.here:
            Presence.objects.filter(agent=agent.id).delete()
            release_agent(public_id=self._public_id(at))
            self._clock()
            self.desk.all_back(agent.id)
            agent.here = False
            if agent.status != "offline":
                agent.says("offline", self.desk.tick(), before=agent.status)

    @rule(at=an_agent)
    def an_agent_is_back(self, at: int) -> None:
        agent, row = self._agent(at), self.team[at].agent
        if row is not None and not agent.here:
            connect(row)
            agent_arrived(agent=row)
            agent.here = True
            if agent.before:
                agent.says(agent.before, self.desk.tick())

    @rule(at=an_agent, capacity=st.integers(0, 3))
    def a_capacity_changes(self, at: int, capacity: int) -> None:
        agent = self._agent(at)
        agent.capacity = max(capacity, self.desk.load(agent.id))
        Agent.objects.filter(pk=agent.id).update(capacity=agent.capacity)
        self._clock()

    # ------------------------------------------------------------------ supervisors

    @about(is_open, to=an_agent)
    def a_chat_is_forced_upon_an_agent(self, chat: model.Chat, to: int) -> None:
        given = {"to_agent": self._public_id(to), "reason": WHY, "force": True}
        assign_conversation(staff=self.sue, conversation=chat.id, client_id=uuid4(), **given)
        if chat.owner != self._agent(to).id:
            self.desk.taken(chat, self._agent(to).id)

    @about(waits)
    def a_chat_is_moved_to_the_front(self, chat: model.Chat) -> None:
        move_to_front(staff=self.sue, conversation=chat.id, client_id=uuid4(), reason=WHY)
        self.desk.goes_first(chat)

    @about(waits, priority=st.sampled_from(["urgent", "high", "normal", "low"]))
    def a_chat_gets_another_priority(self, chat: model.Chat, priority: str) -> None:
        words = {"priority": priority, "reason": WHY}
        set_priority(staff=self.sue, conversation=chat.id, client_id=uuid4(), **words)
        self.desk.is_now(chat, priority)


def test_whatever_happens_a_desk_does_what_the_model_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "_rounds", Rounds())  # an earlier test's went with its database
    telling._here.__dict__.clear()  # an earlier test's writer went with its database
    play(
        Machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # to find a shorter way to the same takes minutes
        ),
    )

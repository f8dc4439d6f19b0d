"""A desk with three agents and three queues beside its model: how it is set up, and what holds after each
thing that happens there."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from support_chat.desk.access import Staff, staff_of
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.conversations import start_conversation
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.history import places_of
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Agent, Conversation, Process, Queue
from support_chat.desk.routing import places
from tests.desk import desk_model as model
from tests.desk.people import house, waiting_in

WHY = "They called, too."
SERVES = ((0, 1, 2), (0, 1), (2,))  # which queues each agent answers; the last queue offers its chats
an_agent, a_queue, a_chat = st.integers(0, 2), st.integers(0, 2), st.integers(0, 99)


def about(fits: Callable[[model.Chat], bool], **drawn: Any) -> Callable[[Callable[..., None]], Any]:
    """A rule about one of the chats that fit, while there is any."""

    def made(step: Callable[..., None]) -> Any:
        def taken(machine: "DeskMachine", number: int, **given: Any) -> None:
            found = machine.those(fits)
            step(machine, found[number % len(found)], **given)

        named = wraps(step)(taken)
        return precondition(lambda machine: bool(machine.those(fits)))(rule(number=a_chat, **drawn)(named))

    return made


class DeskMachine(RuleBasedStateMachine):
    """What is the same whatever happens: see test_desk_machine.py for that."""

    @initialize(
        capacities=st.lists(st.integers(1, 2), min_size=3, max_size=3),
        line=st.lists(a_queue, min_size=3, max_size=6),
    )
    def opens(self, capacities: list[int], line: list[int]) -> None:
        self.shop = house()
        site = self.shop.site
        Queue.objects.update(offer_lasts=0)
        offers = Queue.objects.create(site=site, name="Invoices", routing="offer", offer_lasts=0)
        self.queues = [
            self.shop.queue,
            Queue.objects.create(site=site, name="Returns", offer_lasts=0),
            offers,
        ]
        self.sue = self.shop.staff(f"sue{site.pk}", role="supervisor", status="away")
        hired = enumerate(zip(capacities, SERVES, strict=True))
        self.team = [self._hired(f"{at}.{site.pk}", *each) for at, each in hired]
        Process.objects.update(lease_until=timezone.now() + timedelta(days=1))  # however long this takes
        agents = [
            model.Agent(staff.agent.pk, {self.queues[queue].pk for queue in serves}, staff.agent.capacity)
            for staff, serves in zip(self.team, SERVES, strict=True)
            if staff.agent is not None
        ]
        self.desk = model.Desk({agent.id: agent for agent in agents}, offers={offers.pk})
        for queue in line:
            self.a_visitor_comes(queue)
            self.the_desk_is_as_the_model()

    def _hired(self, name: str, capacity: int, serves: tuple[int, ...]) -> Staff:
        first = self.queues[serves[0]]
        staff = self.shop.staff(name, capacity=capacity, status="online", queue=first)
        for queue in serves[1:]:
            staff.user.memberships.create(site=self.shop.site, queue=self.queues[queue], role="agent")
        return staff_of(staff.user)

    def a_visitor_comes(self, queue: int) -> None:
        into = self.queues[queue]
        visitor = self.shop.visitor()
        chat, _, _ = start_conversation(
            visitor=visitor, client_id=uuid4(), body="Hello", queue=into.public_id
        )
        self.desk.arrives(chat.pk, into.pk)

    # ------------------------------------------------------------------ what holds after each

    @invariant()
    def the_desk_is_as_the_model(self) -> None:
        rows = {row.pk: row for row in Conversation.objects.filter(site=self.shop.site)}
        assert rows.keys() == self.desk.chats.keys(), "a chat was lost, or made"
        while self._a_round_is_as_it_should(rows):
            pass
        for chat in self.desk.chats.values():
            row = rows[chat.id]
            assert (row.state, row.queue_id, row.owner_id, row.offered_to_id, row.wanted_queue_id) == (
                chat.state,
                chat.queue,
                chat.owner,
                chat.offered,
                chat.wanted,
            )
            assert (row.idle_at is not None) == chat.idle

    def _a_round_is_as_it_should(self, rows: dict[int, Conversation]) -> bool:
        """In the order of the line, each went to somebody who may have it, if there was anybody. Whom this
        frees, of a chat that was handed over, takes part in the next round. Whether there is to be one."""
        room = {agent: self.desk.room(agent) for agent in self.desk.agents}
        served = False
        for chat in self.desk.line():
            willing = self.desk.willing(chat, room) if chat.offered is None else set[int]()
            if willing:
                room[self._served(chat, rows[chat.id], willing)] -= 1
                served = True
        return served

    def _served(self, chat: model.Chat, row: Conversation, willing: set[int]) -> int:
        offers = chat.where in self.desk.offers
        taker = row.offered_to_id if offers else row.owner_id if row.owner_id != chat.owner else None
        assert taker in willing, "overtaken, left waiting, or given wrongly"
        assert taker == chat.last or chat.last not in willing, "there was somebody who knows them"
        (self.desk.offered if offers else self.desk.taken)(chat, taker)
        return taker

    @invariant()
    def the_place_told_is_the_place_held(self) -> None:
        for queue in self.queues:
            assert places(waiting_in(queue.pk)) == self.desk.places(queue.pk)
        rows = Conversation.objects.in_bulk(self.desk.chats.keys())
        for chat in self.desk.chats.values():
            told = places_of([rows[chat.id]]).get(chat.id)
            assert (told is not None) == (chat.state == "queued")
            if told is not None:
                assert (told["place"], told["of"]) == self.desk.places(chat.queue)[chat.id]

    @invariant()
    def nobody_holds_more_than_they_may_but_by_force(self) -> None:
        for agent in self.desk.agents:
            forced = Conversation.objects.filter(owner=agent, forced=True)
            assert self.desk.room(agent) >= 0 or forced.exists()

    def teardown(self) -> None:
        assert check_integrity().broken == {}

    # ------------------------------------------------------------------ by number

    def those(self, fits: Callable[[model.Chat], bool]) -> list[model.Chat]:
        return [chat for chat in self.desk.chats.values() if fits(chat)]

    def _agent(self, at: int) -> model.Agent:
        return list(self.desk.agents.values())[at]

    def _at(self, agent: int | None) -> int:
        return list(self.desk.agents).index(agent or 0)

    def _public_id(self, at: int) -> str:
        return Agent.objects.get(pk=self._agent(at).id).public_id

    def _row(self, chat: model.Chat) -> Conversation:
        return Conversation.objects.select_related("visitor").get(pk=chat.id)

    def _asked(
        self, action: Callable[..., int], at: int, chat: model.Chat, why_not: type[Exception] | None
    ) -> None:
        self._refused(why_not, action, staff=self.team[at], conversation=chat.id, client_id=uuid4())

    def _handed(self, chat: model.Chat, why_not: type[Exception] | None, **to: str) -> None:
        owner = self.team[self._at(chat.owner)]
        words = {"conversation": chat.id, "client_id": uuid4(), "note": WHY, **to}
        self._refused(why_not, transfer_conversation, staff=owner, **words)

    def _refused(self, why_not: type[Exception] | None, action: Callable[..., int], **words: object) -> None:
        if why_not is None:
            action(**words)
            return
        with pytest.raises(why_not):
            action(**words)

    def _clock(self) -> None:
        assign_waiting(site=self.shop.site.pk)

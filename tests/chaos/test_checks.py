"""The checker finds what it is there for, and nothing where all is well."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.chaos import findings as promises
from tests.chaos.check_log import check_capacity, check_ghost, check_owners, check_presence
from tests.chaos.check_messages import check_ears, check_numbers, check_said
from tests.chaos.check_times import Struck, check_notice, check_recovery, covered
from tests.chaos.findings import Findings
from tests.chaos.notebook import Attendance, Ear, Heard, Notebook
from tests.chaos.stored import Chat, Row, Stored

ANN, BOB = {"agent": {"id": "ann-id"}}, {"agent": {"id": "bob-id"}}


class World:
    """One chat with a question and an answer, as it is stored, said and seen when all is well."""

    def __init__(self) -> None:
        self.rows = [
            row(1, "opened", "visitor", "vis"),
            row(2, "message", "visitor", "vis", text="Hello", client_id="c1"),
            row(3, "assigned", "system", "", body=ANN),
            row(4, "note", "agent", "ann-id", text="Mind this.", client_id="c2", shown=False, visible=3),
            row(5, "message", "agent", "ann-id", text="Hi", client_id="c3", visible=4),
            row(6, "closed", "agent", "ann-id", visible=5),
        ]
        self.chat = Chat("chat", "site", "closed", 6, 5, self.rows)
        self.stored = Stored({"chat": self.chat}, {"ann-id": ("ann", 1), "bob-id": ("bob", 1)})
        self.notebook = Notebook()
        self.links = {name: self.notebook.attend(name, lambda: True) for name in ("ann", "vera")}
        for link in self.links.values():
            link.since = None
        self.ears = [self._ear("ann", "position"), self._ear("vera", "visible")]
        self.notebook.say(**said(self.rows[1], "vera", "visitor", "visible"))
        for index in (3, 4):
            self.notebook.say(**said(self.rows[index], "ann", "agent", "position"))
        self.struck: list[Struck] = []

    def _ear(self, name: str, counts: str) -> Ear:
        ear = self.notebook.ear(name, "chat", counts, self.links[name])
        ear.opened_at = 0.0
        ear.heard = [Heard(*each.words(counts), at=each.committed + 0.01) for each in self.chat.seen(counts)]
        return ear

    def judge(self) -> list[str]:
        """The promises that the checker finds broken."""
        findings = Findings()
        check_said(findings, self.notebook, self.stored)
        check_numbers(findings, self.stored)
        check_ears(findings, self.notebook, self.stored)
        check_owners(findings, self.stored)
        check_capacity(findings, self.stored)
        check_presence(findings, self.notebook, self.stored)
        check_notice(findings, self.notebook, self.stored, self.struck)
        check_recovery(findings, self.struck)
        return findings.broken


def row(position: int, kind: str, role: str, author: str, **more: object) -> Row:
    text = more.pop("text", None)
    body = more.pop("body", {} if text is None else {"text": text})
    known = {"visible": position, "shown": True, "mark": f"m{position}", "client_id": None, **more}
    return Row(
        chat="chat",
        position=position,
        kind=kind,
        role=role,
        author=author,
        body=body,
        transaction=str(position),
        committed=100.0 + position,
        **known,
    )


def said(row: Row, who: str, role: str, counts: str) -> dict[str, object]:
    return {
        "who": who,
        "role": role,
        "chat": row.chat,
        "text": row.body["text"],
        "client_id": row.client_id,
        "counts": counts,
        "position": getattr(row, counts),
    }


def test_where_all_is_well_nothing_is_found() -> None:
    assert World().judge() == []


@pytest.fixture
def world() -> World:
    return World()


def forget_a_row(world: World) -> None:
    del world.rows[1]


def say_what_never_came(world: World) -> None:
    world.notebook.say(who="vera", role="visitor", chat="chat", text="?", client_id="c9", counts="visible")


def miss_an_entry(world: World) -> None:
    del world.ears[1].heard[-1]


def store_twice(world: World) -> None:
    world.rows.insert(5, replace(world.rows[4], position=6, visible=5, mark="again"))


def store_what_nobody_said(world: World) -> None:
    world.rows[4] = replace(world.rows[4], client_id="other")


def hear_twice(world: World) -> None:
    world.ears[0].heard.append(world.ears[0].heard[-1])


def tell_twice(world: World) -> None:
    world.notebook.doubled.append("somebody")


def tell_too_early(world: World) -> None:
    world.notebook.jumped.append("somebody")


def hear_in_another_order(world: World) -> None:
    world.ears[0].heard[1:3] = world.ears[0].heard[2:0:-1]


def write_in_another_order(world: World) -> None:
    world.notebook.said[1:3] = world.notebook.said[2:0:-1]


def leave_a_gap(world: World) -> None:
    world.rows[5] = replace(world.rows[5], position=7)


def hear_what_is_not_stored(world: World) -> None:
    world.ears[0].heard[4] = replace(world.ears[0].heard[4], mark="phantom")


def store_what_was_refused(world: World) -> None:
    world.notebook.said[0].refused = "closed"


def assign_twice(world: World) -> None:
    world.rows.insert(3, row(4, "assigned", "system", "", body=BOB))


def answer_for_another(world: World) -> None:
    world.rows[4] = replace(world.rows[4], author="bob-id")


def hold_too_many(world: World) -> None:
    other = Chat("other", "site", "active", 2, 2)
    other.rows = [
        replace(row(1, "opened", "visitor", "vis2"), chat="other", committed=103.1),
        replace(row(2, "assigned", "system", "", body=ANN), chat="other", committed=103.2),
    ]
    world.stored.chats["other"] = other


def throw_out(world: World) -> None:
    world.rows[5] = replace(world.rows[5], kind="returned_to_queue")
    world.chat.state = "queued"


def notice_late(world: World) -> None:
    world.ears[0].heard[-1] = replace(world.ears[0].heard[-1], at=world.rows[-1].committed + 6)


def recover_late(world: World) -> None:
    world.struck.append(Struck("fault", hides=False, began=1.0, repaired=2.0, well=40.0))


@pytest.mark.parametrize(
    ("harm", "promise"),
    [
        (forget_a_row, promises.LOST),
        (say_what_never_came, promises.LOST),
        (miss_an_entry, promises.LOST),
        (store_twice, promises.DOUBLED),
        (store_what_nobody_said, promises.DOUBLED),
        (hear_twice, promises.DOUBLED),
        (tell_twice, promises.DOUBLED),
        (tell_too_early, promises.ORDER),
        (hear_in_another_order, promises.ORDER),
        (write_in_another_order, promises.ORDER),
        (leave_a_gap, promises.ORDER),
        (hear_what_is_not_stored, promises.PHANTOMS),
        (store_what_was_refused, promises.PHANTOMS),
        (assign_twice, promises.OWNERS),
        (answer_for_another, promises.OWNERS),
        (hold_too_many, promises.CAPACITY),
        (throw_out, promises.PRESENCE),
        (notice_late, promises.NOTICE),
        (recover_late, promises.WELL),
    ],
)
def test_each_harm_is_found_as_what_it_is(world: World, harm: Callable[[World], None], promise: str) -> None:
    harm(world)
    assert promise in world.judge()


def test_what_is_slow_while_nobody_can_read_is_excused(world: World) -> None:
    notice_late(world)
    world.struck.append(Struck("postgres_killed", hides=True, began=106.5, repaired=110.0, well=111.5))
    assert world.judge() == []


def test_what_is_slow_while_its_hearer_was_away_is_excused(world: World) -> None:
    notice_late(world)
    world.links["ann"].away.append((106.0, 111.9))
    assert world.judge() == []


def test_who_was_away_for_the_grace_may_lose_their_chats(world: World) -> None:
    throw_out(world)
    world.links["ann"].away.append((80.0, 130.0))
    assert promises.PRESENCE not in world.judge()


@pytest.mark.parametrize(("left_at", "broken"), [(70.0, []), (50.0, [promises.PRESENCE])])
def test_a_ghost_keeps_its_chats_no_longer_than_promised(
    world: World, left_at: float, broken: list[str]
) -> None:
    findings = Findings()
    check_ghost(findings, "ann", left_at, world.stored)
    assert findings.broken == broken


def test_overlapping_excuses_count_once() -> None:
    assert covered([(0, 4), (3, 5), (8, 20)], 1, 10) == 6.0


def test_somebody_who_is_gone_for_good_is_away_for_ever() -> None:
    link = Attendance("vera", lambda: True)
    link.end()
    assert link.away[-1][1] == float("inf")

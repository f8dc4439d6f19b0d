"""A team's hours as shifts."""

from math import inf

from support_chat.desk.simulation.hours import DAY, shifts

HOUR = 3600.0


def test_without_hours_the_team_is_always_there() -> None:
    assert [(shift.starts, shift.ends, shift.capacity) for shift in shifts(2, 3, [], DAY)] == [
        (0, inf, 3),
        (0, inf, 3),
    ]


def test_hours_come_again_every_day_and_may_go_past_midnight() -> None:
    team = shifts(1, 1, [(8 * HOUR, 12 * HOUR), (22 * HOUR, 2 * HOUR)], 1.5 * DAY)
    assert [(shift.starts / HOUR, shift.ends / HOUR) for shift in team] == [
        (8, 12),
        (22, 26),
        (32, 36),
        (46, 50),
    ]

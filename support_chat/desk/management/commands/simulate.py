"""Plays arrivals under other rules, agents and hours, and prints what would have come of it."""

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from support_chat.desk.models import Queue
from support_chat.desk.past_traffic import past_traffic
from support_chat.desk.replay.recording import UnreadableError
from support_chat.desk.simulation.drawing import chat_lengths
from support_chat.desk.simulation.hours import Hours, shifts
from support_chat.desk.simulation.people import Shift
from support_chat.desk.simulation.plotting import plot
from support_chat.desk.simulation.results import Results, results
from support_chat.desk.simulation.rules import RULES, Rule
from support_chat.desk.simulation.running import Floor, run
from support_chat.desk.simulation.table import lines
from support_chat.desk.simulation.traffic import Traffic, generated, handle_times, recorded_traffic

HELP = """What if other agents, other hours or another rule had met the same visitors? Prints, for each
combination asked for, the waits of those served (p50 and p90), how many left, how busy the agents were
(occupancy) and how many were taken in time (service level), beside what really happened.

The visitors are those
  of FILE      one chat a line, as for `replay`; there, what is real is the first answer
  of --queue   closed chats of this database, --from one day --to another (UTC)
  of chance    --rate arrivals an hour; with FILE or --queue their handle times, else of a usual length

  simulate --rate 60 --agents 4 6 8 --capacity 2 --patience 10
  simulate --queue Orders --from 2026-11-01 --to 2026-11-30 --agents 3 4 --hours 08:00-12:00 13:00-18:00
"""
RULES_HELP = "; ".join(f"{name}: {rule.words}" for name, rule in RULES.items())


def positive(text: str) -> float:
    """A number above 0."""
    try:
        number = float(text)
    except ValueError as error:
        raise ArgumentTypeError("a number above 0") from error
    if not 0 < number < 1e6:
        raise ArgumentTypeError("a number above 0")
    return number


def count(text: str) -> int:
    """A whole number above 0."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 1_000:
        raise ArgumentTypeError("a whole number above 0, under 1000")
    return int(text)


def hours(text: str) -> Hours:
    """08:30-17:00"""
    try:
        opens, closes = (_minutes(part) * 60.0 for part in text.split("-"))
    except ValueError as error:
        raise ArgumentTypeError("hours such as 08:30-17:00") from error
    return opens, closes


def day(text: str) -> date:
    """2026-11-22"""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("a day such as 2026-11-22") from error


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args: Any, **options: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("file", type=Path, nargs="?", metavar="FILE", help="recorded chats")
        add("--queue", help="name or id of a queue, whose past chats are the visitors")
        add("--from", dest="since", type=day, metavar="DATE", help="with --queue, the first day")
        add("--to", dest="until", type=day, metavar="DATE", help="with --queue, the last day")
        add("--rate", type=positive, metavar="N", help="arrivals an hour, by chance")
        add("--length", type=positive, default=10.0, metavar="HOURS", help="with --rate (default: 10)")
        add("--agents", type=count, nargs="+", default=[4], metavar="N", help="how many (default: 4)")
        add("--capacity", type=count, nargs="+", default=[4], metavar="N", help="chats each (default: 4)")
        add("--hours", type=hours, nargs="+", default=[], metavar="HH:MM-HH:MM", help="when, or always")
        add("--rule", choices=RULES, nargs="+", default=["least_loaded"], help=RULES_HELP)
        add("--slowdown", type=float, default=0.0, help="each further chat slows one's others by this share")
        add("--patience", type=positive, default=10.0, metavar="MIN", help="mean, if not seen (default: 10)")
        add("--within", type=positive, default=60.0, metavar="SEC", help="service level (default: 60)")
        add("--seed", type=int, default=1, help="of chance (default: 1)")
        add("--plot", type=Path, metavar="FILE", help="write the waits as a picture, SVG")

    def handle(self, **options: Any) -> None:
        try:
            traffic = _traffic(Random(options["seed"]), options)
        except (OSError, UnreadableError) as error:
            raise CommandError(str(error)) from error
        if not traffic.arrivals:
            raise CommandError("there are no arrivals to play")
        found = dict(_found(traffic, options))
        self.stdout.write("\n".join(lines(found, options["within"])))
        if options["plot"] is not None:
            options["plot"].write_text(plot(found), encoding="utf-8")


def _minutes(text: str) -> int:
    hour, minute = (int(part) for part in text.split(":"))
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError(text)
    return hour * 60 + minute


def _traffic(rng: Random, options: dict[str, Any]) -> Traffic:
    patience = options["patience"] * 60
    traffic = Traffic(arrivals=())
    if options["file"] is not None:
        traffic = recorded_traffic(rng, options["file"], patience)
    elif options["queue"] is not None:
        traffic = past_traffic(rng, _queues(options["queue"]), *_days(options))
    elif options["rate"] is None:
        raise CommandError("say which visitors: FILE, --queue or --rate")
    if options["rate"] is None:
        return traffic
    time = handle_times(traffic) if traffic.arrivals else chat_lengths
    return generated(
        rng, an_hour=options["rate"], hours=options["length"], handle_time=time, patience=patience
    )


def _queues(name: str) -> Sequence[Queue]:
    found = list(Queue.objects.filter(Q(name=name) | Q(public_id=name)))
    if not found:
        raise CommandError(f"there is no queue {name}")
    if len(found) > 1:
        ids = ", ".join(queue.public_id for queue in found)
        raise CommandError(f"several queues are called {name}; say its id: {ids}")
    return found


def _days(options: dict[str, Any]) -> tuple[date, date]:
    since, until = options["since"], options["until"]
    if since is None or until is None or since > until:
        raise CommandError("say with --from and --to which days, the first one first")
    return since, until


def _found(traffic: Traffic, options: dict[str, Any]) -> Iterator[tuple[str, Results]]:
    if traffic.really is not None:
        yield "real", traffic.really
    for agents, capacity, rule in product(options["agents"], options["capacity"], options["rule"]):
        team = shifts(agents, capacity, options["hours"], traffic.last)
        floor = _played(traffic, team, RULES[rule], options["slowdown"])
        yield f"{agents} agents × {capacity}, {rule}", results(floor)


def _played(traffic: Traffic, team: Sequence[Shift], rule: Rule, slowdown: float) -> Floor:
    return run(traffic.arrivals, team, router=rule.router, rules=rule.rules, slowdown=slowdown)

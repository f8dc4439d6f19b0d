"""`python -m tests.chaos --seed N --minutes M`: chats under faults, checked. README.md says what and why."""

import argparse
import asyncio
import random
import signal
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from tests.chaos.bugs.plans import BUGS
from tests.chaos.faults import KINDS
from tests.chaos.play import Plan, Run
from tests.chaos.rig import PRODUCT, running_rig
from tests.chaos.stage import Stage, private_stage
from tests.chaos.verdict import Verdict, judge

GHOST_NEEDS = 50.0  # seconds of a run in which somebody may vanish and be missed
OVER = 240.0  # seconds beyond its minutes after which a run is given up


def main(arguments: list[str]) -> int:
    options = read(arguments)
    for number in (signal.SIGTERM, signal.SIGINT):  # either ends everything in order, in the background too
        signal.signal(number, signal.default_int_handler)
    with private_stage() as stage:
        say(f"seed {options.seed}")
        if options.bugs is not None:
            return find_all(stage, options)
        verdict = asyncio.run(play(plan_of(options), stage, options.servers, options.bug))
        stage.keeps_logs = bool(verdict.findings.broken)
        say("\n".join(verdict.lines()))
        if stage.keeps_logs:
            say(f"logs, and the chats as they are stored: {stage.folder}")
        return 1 if verdict.findings.broken else 0


def find_all(stage: Stage, options: argparse.Namespace) -> int:
    """Every bug has to break one of its promises; a table of who was found by what."""
    lines = []
    for name in options.bugs or BUGS:
        options.bug, began = name, time.monotonic()
        verdict = asyncio.run(play(plan_of(options), stage, options.servers, name))
        found = [promise for promise in verdict.findings.broken if promise in BUGS[name].breaks]
        words = ", ".join(found) or "NOT FOUND"
        lines.append(f"{name:<26}{time.monotonic() - began:>5.0f} s  {words}")
        say(lines[-1])
    say("\n".join(["", *lines]))
    return 1 if any("NOT FOUND" in line for line in lines) else 0


def plan_of(options: argparse.Namespace) -> Plan:
    common = {"seed": options.seed, "chats": options.chats, "visitors": options.visitors}
    if options.bug is None:
        seconds = options.minutes * 60
        return Plan(seconds=seconds, kinds=options.faults, ghost=seconds >= GHOST_NEEDS, **common)
    bug = BUGS[options.bug]
    return Plan(
        seconds=bug.seconds,
        kinds=bug.kinds,
        ghost=bug.ghost,
        commits=bug.commits,
        manner=bug.manner,
        well_at_last=8.0,  # what is broken will not be well
        finishing=15.0,
        **common,
    )


async def play(plan: Plan, stage: Stage, servers: int, bug: str | None) -> Verdict:
    """One run on a database of its own, and what came of it."""
    command, changes = PRODUCT, ()
    if bug is not None:
        command, changes = ("-m", "tests.chaos.bugged", bug), BUGS[bug].changes
    chance = random.Random(plan.seed)
    database = await asyncio.to_thread(stage.database, changes)
    rig = running_rig(
        stage.postgres, stage.redis, database, stage.folder, servers=servers, chance=chance, command=command
    )
    with BUGS[bug].client() if bug else nullcontext():
        async with asyncio.timeout(plan.seconds + OVER), rig as running:
            run = Run(plan, running, stage.keys["site"], stage.keys["probe"], say)
            await run.play()
            return await judge(run, stage.folder)


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--minutes", type=float, default=2.0, help="of faults; default 2")
    parser.add_argument("--servers", type=int, default=2)
    parser.add_argument("--visitors", type=int, default=8, help="at once; default 8")
    parser.add_argument("--chats", type=Path, help="a file of recorded chats; made up without one")
    parser.add_argument("--faults", nargs="+", choices=list(KINDS), default=list(KINDS), metavar="FAULT")
    parser.add_argument(
        "--bug", choices=list(BUGS), metavar="BUG", help="a server with this bug, and the run that finds it"
    )
    parser.add_argument(
        "--bugs",
        nargs="*",
        choices=list(BUGS),
        metavar="BUG",
        help="these, or all, in turn; exit 1 if one is not found",
    )
    return parser.parse_args(arguments)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

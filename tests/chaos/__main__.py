"""`python -m tests.chaos --seed N --minutes M`: chats under faults, checked. README.md says what and why."""

import argparse
import asyncio
import random
import signal
import sys
from pathlib import Path

from tests.chaos.faults import KINDS
from tests.chaos.play import Plan, Run
from tests.chaos.rig import PRODUCT, running_rig
from tests.chaos.stage import Stage, private_stage
from tests.chaos.verdict import Verdict, judge

OVER = 240.0  # seconds beyond its minutes after which a run is given up


def main(arguments: list[str]) -> int:
    options = read(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends everything in order, as Ctrl-C does
    with private_stage() as stage:
        say(f"seed {options.seed}, {options.minutes:g} min")
        plan = Plan(
            seed=options.seed,
            seconds=options.minutes * 60,
            kinds=options.faults,
            chats=options.chats,
            visitors=options.visitors,
            ghost=options.minutes >= 1,
        )
        verdict = asyncio.run(play(plan, stage, options.servers))
        stage.keeps_logs = bool(verdict.findings.broken)
    say("\n".join(verdict.lines()))
    if stage.keeps_logs:
        say(f"logs of the servers: {stage.folder}")
    return 1 if verdict.findings.broken else 0


async def play(plan: Plan, stage: Stage, servers: int = 2) -> Verdict:
    """One run on a database of its own, and what came of it."""
    chance = random.Random(plan.seed)
    database = await asyncio.to_thread(stage.database)
    rig = running_rig(
        stage.postgres, stage.redis, database, stage.folder, servers=servers, chance=chance, command=PRODUCT
    )
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
    parser.add_argument("--faults", nargs="+", choices=list(KINDS), default=list(KINDS))
    return parser.parse_args(arguments)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The checks of one run, and the table that it prints."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.check_afresh import check_afresh
from tests.chaos.check_log import check_capacity, check_ghost, check_owners, check_presence
from tests.chaos.check_messages import check_ears, check_numbers, check_said
from tests.chaos.check_times import NOTICED_WITHIN, WELL_WITHIN, Longest, check_notice, check_recovery
from tests.chaos.findings import EXAMPLES, PRESENCE, TROUBLES, Findings
from tests.chaos.play import Run
from tests.chaos.stored import Stored, read_stored
from tests.chaos.who import GHOST

LEAVES_WITHIN = 10.0  # seconds from SIGTERM to gone


@dataclass(frozen=True, slots=True)
class Verdict:
    findings: Findings
    notice: Longest
    recovery: Longest
    counts: dict[str, object]
    faults: Counter[str]

    def lines(self) -> list[str]:
        """The report: what was done, the promises with what broke them, and the longest times."""
        table = [f"{name:<44}{count:>8}" for name, count in self.counts.items()]
        table += ["", f"{'promise':<44}{'broken':>8}"]
        for promise, found in self.findings.by_promise.items():
            table.append(f"{promise:<44}{len(found):>8}")
            table += [f"    {words}" for words in found[:EXAMPLES]]
        table += ["", _time("longest gap before notice", self.notice, NOTICED_WITHIN)]
        table.append(_time("longest recovery", self.recovery, WELL_WITHIN))
        return [*table, "", f"faults: {', '.join(f'{n} {name}' for name, n in sorted(self.faults.items()))}"]


def _time(what: str, longest: Longest, limit: float) -> str:
    return f"{what:<44}{longest.seconds:>6.2f} s  of {limit:.0f} s: {longest.where}"


def write_down(stored: Stored, path: Path) -> None:
    """All logs, an entry a line, for whoever looks for the reason."""
    with path.open("w") as file:
        for row in sorted(stored.rows, key=lambda row: (row.chat, row.position)):
            at = datetime.fromtimestamp(row.committed, UTC).strftime("%H:%M:%S.%f")
            words = json.dumps(row.body, ensure_ascii=False)[:80]
            file.write(f"{row.chat} {row.position} {at} {row.kind} {row.role} {row.client_id} {words}\n")


async def judge(run: Run, folder: Path) -> Verdict:
    """Reads the database and everybody's notes, and reads the chats afresh."""
    findings, notebook = Findings(), run.notebook
    stored = await asyncio.to_thread(read_stored, run.rig.url)
    await asyncio.to_thread(write_down, stored, folder / f"{run.rig.database}.txt")
    check_said(findings, notebook, stored)
    check_numbers(findings, stored)
    check_ears(findings, notebook, stored)
    check_owners(findings, stored)
    check_capacity(findings, stored)
    check_presence(findings, notebook, stored)
    if run.ghost is not None and run.ghost.left_at is not None:
        check_ghost(findings, GHOST, run.ghost.left_at, stored)
    _check_troubles(findings, run)
    await check_afresh(findings, notebook, stored, run.urls)
    notice = check_notice(findings, notebook, stored, run.struck)
    recovery = check_recovery(findings, run.struck)
    faults = Counter(each.name for each in run.struck)
    return Verdict(findings, notice, recovery, _counts(run, stored), faults)


def _check_troubles(findings: Findings, run: Run) -> None:
    for trouble, count in run.notebook.troubles.items():
        findings.add(TROUBLES, f"{count} × {trouble}")
    if run.faults.slowest_leaving > LEAVES_WITHIN + 1:
        findings.add(PRESENCE, f"a server took {run.faults.slowest_leaving:.1f} s to leave")


def _counts(run: Run, stored: Stored) -> dict[str, object]:
    said = run.notebook.said
    return {
        "chats": len(stored.chats),
        "played to their end": run.notebook.played,
        "messages and notes written": len(said),
        "acknowledged": sum(each.position is not None for each in said),
        "refused for good": sum(each.refused is not None for each in said),
        "entries stored": len(stored.rows),
        "entries seen by all ends together": sum(len(ear.heard) for ear in run.notebook.ears),
        "ends": len(run.notebook.ears),
    }

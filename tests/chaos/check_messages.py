"""What was said against what is stored against what was seen."""

from collections import Counter, defaultdict

from tests.chaos.findings import DOUBLED, LOST, ORDER, PHANTOMS, Findings
from tests.chaos.notebook import Ear, Notebook, Said
from tests.chaos.stored import Chat, Row, Stored

Key = tuple[str, str, str]  # chat, role, client_id


def check_said(findings: Findings, notebook: Notebook, stored: Stored) -> None:
    """Acknowledged is stored, once, where the answer said; whatever somebody wrote has come to an end."""
    rows: dict[Key, list[Row]] = defaultdict(list)
    for row in stored.rows:
        if row.kind in {"message", "note"}:
            rows[row.chat, row.role, row.client_id or ""].append(row)
    for said in notebook.said:
        _check_one(findings, said, rows.pop((said.chat, said.role, said.client_id), []))
    for key, unsaid in rows.items():
        findings.add(DOUBLED, f"chat {key[0]}: {len(unsaid)} × {key[2]} that nobody said")
    _check_own_order(findings, notebook, stored)


def _check_one(findings: Findings, said: Said, rows: list[Row]) -> None:
    where = f"chat {said.chat}: {said.text[:30]!r} of {said.who}"
    if len(rows) > 1:
        findings.add(DOUBLED, f"{where} is there {len(rows)} times")
    if rows and said.refused:
        findings.add(PHANTOMS, f"{where} was refused ({said.refused}) and is stored")
    if not rows and said.position is not None:
        findings.add(LOST, f"{where} was acknowledged as {said.position} and is not stored")
    if not rows and said.position is None and said.tries_again and not said.refused:
        findings.add(LOST, f"{where} is neither stored nor refused")
    for row in rows[:1]:
        if said.text != row.body.get("text"):
            findings.add(PHANTOMS, f"{where} is stored as {row.body!r}")
        if said.position not in {None, getattr(row, said.counts)}:
            findings.add(ORDER, f"{where} was acknowledged as {said.position}, stored at {row.position}")


def _check_own_order(findings: Findings, notebook: Notebook, stored: Stored) -> None:
    """What somebody wrote in a chat stands there in the order in which they wrote it."""
    at = {(row.chat, row.role, row.client_id or ""): row.position for row in stored.rows}
    last: dict[tuple[str, str], int] = {}
    for said in notebook.said:
        position = at.get((said.chat, said.role, said.client_id))
        if position is None:
            continue
        if position < last.get((said.chat, said.who), 0):
            findings.add(ORDER, f"chat {said.chat}: {said.text[:30]!r} of {said.who} overtook another")
        last[said.chat, said.who] = position


def check_numbers(findings: Findings, stored: Stored) -> None:
    """Positions run 1, 2, 3 without gaps, as either side counts, up to what the row says."""
    for chat in stored.chats.values():
        for counts, head in (("position", chat.position), ("visible", chat.visible)):
            numbers = [getattr(row, counts) for row in chat.seen(counts)]
            if numbers != list(range(1, head + 1)):
                findings.add(ORDER, f"chat {chat.name} counts {numbers[-5:]} up to {head} ({counts})")


def check_ears(findings: Findings, notebook: Notebook, stored: Stored) -> None:
    """Every end has seen every entry, once, in order, as it is stored."""
    for ear in notebook.ears:
        chat = stored.chats.get(ear.chat)
        if chat is None:
            findings.add(PHANTOMS, f"{ear.name} heard of chat {ear.chat}, which is not stored")
        else:
            _check_ear(findings, ear, chat)
    for where in notebook.doubled:
        findings.add(DOUBLED, f"told twice: {where}")
    for where in notebook.jumped:
        findings.add(ORDER, f"told too early: {where}")


def _check_ear(findings: Findings, ear: Ear, chat: Chat) -> None:
    known = {getattr(row, ear.counts): row.words(ear.counts) for row in chat.seen(ear.counts)}
    heard = [each.position for each in ear.heard]
    times = Counter(heard)
    where = f"chat {chat.name} as {ear.name} saw it"
    if twice := [position for position, count in times.items() if count > 1]:
        findings.add(DOUBLED, f"{where}: {twice[:5]} twice")
    if missing := [position for position in known if position not in times]:
        findings.add(LOST, f"{where}: {missing[:5]} of {len(known)} never came")
    if heard != sorted(heard):
        findings.add(ORDER, f"{where}: {heard[-8:]}")
    if other := [each.position for each in ear.heard if known.get(each.position) != each.words]:
        findings.add(PHANTOMS, f"{where}: {other[:5]} are stored otherwise, or not at all")

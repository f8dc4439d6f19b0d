"""Reading it all again with the checker's own client: whole, or refused as another history; never half."""

import asyncio
import itertools
from collections.abc import Iterable
from typing import Any

from tests.chaos.findings import RECOVERY, Findings
from tests.chaos.notebook import Counts, Notebook
from tests.chaos.stored import Chat, Stored
from tests.chaos.watcher import Watcher
from tests.chaos.who import MANAGER, token_of

CHATS = 40  # read again as their visitors; of the team one reads them all
STRANGE = "0123456789abcdef"  # a mark that no entry has
COMMANDS: dict[Counts, str] = {"visible": "resume", "position": "open_conversation"}


async def check_afresh(findings: Findings, notebook: Notebook, stored: Stored, urls: list[str]) -> None:
    known = [stored.chats[name] for name in notebook.tokens if name in stored.chats]
    ports = itertools.cycle(urls)
    readings = [_as_visitor(findings, notebook, chat, next(ports)) for chat in known[-CHATS:]]
    main_site = [chat for chat in known if notebook.sites[chat.name] == notebook.sites[known[-1].name]]
    await asyncio.gather(_as_staff(findings, main_site, urls[0]), *readings)


async def _as_visitor(findings: Findings, notebook: Notebook, chat: Chat, url: str) -> None:
    hello = {"site": notebook.sites[chat.name], "token": notebook.tokens[chat.name]}
    reader = Watcher(Notebook(), "a visitor who reads again", f"{url}/ws/visitor", hello, "visible")
    await _read(findings, reader, [chat], "visible")


async def _as_staff(findings: Findings, chats: Iterable[Chat], url: str) -> None:
    hello = {"token": token_of(MANAGER)}
    reader = Watcher(Notebook(), "a manager who reads again", f"{url}/ws/agent", hello, "position")
    await _read(findings, reader, chats, "position")


async def _read(findings: Findings, reader: Watcher, chats: Iterable[Chat], counts: Counts) -> None:
    try:
        async with asyncio.timeout(30):
            while not reader.link.is_online():
                await asyncio.sleep(0.02)
            for chat in chats:
                await _read_one(findings, reader, chat, counts)
                if counts == "position":
                    await reader.ask("leave_conversation", conversation=chat.name)
    except TimeoutError:
        findings.add(RECOVERY, f"{reader.name} was not answered in time")
    finally:
        await reader.stop()


async def _read_one(findings: Findings, reader: Watcher, chat: Chat, counts: Counts) -> None:
    rows = chat.seen(counts)
    found: list[dict[str, Any]] = []
    answer: dict[str, Any] = {"more": True}
    while answer.get("more"):
        where = {"after": found[-1]["position"], "mark": found[-1]["mark"]} if found else {"after": 0}
        answer = await reader.ask(COMMANDS[counts], conversation=chat.name, **where)
        found += answer.get("entries", [])
    if [each["mark"] for each in found] != [row.mark for row in rows]:
        findings.add(RECOVERY, f"chat {chat.name} reads otherwise to {reader.name} than it is stored")
    for after, mark in ((len(rows) + 3, rows[-1].mark), (len(rows), STRANGE), (1, rows[-1].mark[::-1])):
        answer = await reader.ask(COMMANDS[counts], conversation=chat.name, after=after, mark=mark)
        if answer["recovered"]:
            findings.add(RECOVERY, f"chat {chat.name} went on from {after} with the mark of another history")

"""What the guarantees' tests do over and over: wait, take a chat, read a whole log."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from support_chat.live.client import ChatClient, Entry, StaffClient

PATIENCE = 30.0  # seconds; what takes longer is broken, also on two busy cores


async def eventually(holds: Callable[[], bool | Awaitable[bool]]) -> None:
    """Returns when it holds; raises TimeoutError when it never does."""
    async with asyncio.timeout(PATIENCE):
        while True:
            answer = holds()
            if await answer if isinstance(answer, Awaitable) else answer:
                return
            await asyncio.sleep(0.02)


async def whole_log(client: ChatClient, chat: str) -> list[Entry]:
    """Every entry of a chat, as this client may see it, read afresh."""
    entries: list[Entry] = []
    answer: dict[str, Any] = {"more": True}
    while answer["more"]:
        after = {"after": entries[-1]["position"], "mark": entries[-1]["mark"]} if entries else {"after": 0}
        answer = await client.request(client.catch_up_command, conversation=chat, **after)
        entries += answer["entries"]
    return entries


def bodies(entries: Iterable[Entry]) -> list[str]:
    """The words of the messages among some entries."""
    return [entry["body"]["text"] for entry in entries if entry["kind"] == "message"]


async def owner_of(staff: StaffClient, chat: str) -> str | None:
    """The name of the agent who holds a chat."""
    about = await staff.open_conversation(chat)
    await staff.leave_conversation(chat)
    return about["agent"]["name"] if about["agent"] else None


async def take(staff: StaffClient, chat: str) -> None:
    """Waits until the chat has come to this agent, and opens it."""

    async def is_theirs() -> bool:
        return await owner_of(staff, chat) == staff.agent["name"]

    await eventually(is_theirs)
    await staff.open_conversation(chat)

"""A client of whichever release is on the path, moved by lines of JSON; run by puppets.py, never imported.

{"call": "post_message", "args": ["chat", "Hello"]} → {"ok": {…}}
{"log": "chat"} → {"ok": [entry, …]}; what fails → {"error": "…"}
"""

import asyncio
import json
import sys
from typing import Any

import support_chat
from support_chat.live.client import Backoff, ChatClient, ClientError, StaffClient, VisitorClient


async def main(face: str, url: str, who: str) -> None:
    backoff = Backoff(first=0.05, most=0.2)
    client: ChatClient
    if face == "visitor":
        client = VisitorClient(f"{url}/ws/visitor", site=who, backoff=backoff)
    else:
        client = StaffClient(f"{url}/ws/agent", token=who, backoff=backoff)
    async with client:
        say({"ok": support_chat.__file__})
        lines = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while line := await lines.readline():
            say(await answer(client, json.loads(line)))


async def answer(client: ChatClient, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        if "log" in asked:
            return {"ok": client.logs[asked["log"]].entries}
        return {"ok": await getattr(client, asked["call"])(*asked["args"])}
    except ClientError as error:
        return {"error": repr(error)}


def say(answered: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answered) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

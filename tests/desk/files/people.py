"""A running desk, and what people of it do with files over HTTP."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.test import AsyncClient

from tests.desk.running import Socket

UPLOADS = {"visitor": "/widget/files/", "agent": "/api/v1/files/"}


class Sender:
    """Somebody with a socket: visitors and programs come with the same secret over HTTP."""

    def __init__(self, who: str, socket: Socket) -> None:
        self.who, self.socket = who, socket
        self._client = AsyncClient()
        self._key = {"Authorization": f"Bearer {socket.token}"}

    async def upload(self, name: str, content: bytes, **asked: Any) -> Any:
        asked = {"client_id": str(uuid4()), **asked}
        query = "&".join(f"{key}={value}" for key, value in asked.items())
        return await self._client.post(
            f"{UPLOADS[self.who]}?{query}",
            content,
            content_type="application/octet-stream",
            headers={**self._key, "X-File-Name": quote(name)},
        )

    async def uploaded(self, name: str, content: bytes, **asked: Any) -> dict[str, Any]:
        answer = await self.upload(name, content, **asked)
        assert answer.status_code == 201, answer.content
        facts: dict[str, Any] = answer.json()
        return facts

    async def post(self, chat: str, *files: Mapping[str, Any], body: str | None = None, **more: Any) -> Any:
        fields = {"client_id": str(uuid4()), **({"body": body} if body else {}), **more}
        return await self.socket.ok(
            "post_message", conversation=chat, attachments=[each["id"] for each in files], **fields
        )

    async def look_up(self, file: Mapping[str, Any]) -> Any:
        return await self._client.get(f"{UPLOADS[self.who]}{file['id']}/", headers=self._key)

    async def links(self, file: Mapping[str, Any]) -> dict[str, str]:
        answer = await self.look_up(file)
        assert answer.status_code == 200, answer.content
        links: dict[str, str] = answer.json()["links"]
        return links

    async def forget(self, file: Mapping[str, Any]) -> int:
        answer = await self._client.post(f"{UPLOADS[self.who]}{file['id']}/forget/", headers=self._key)
        return answer.status_code


async def fetched(address: str) -> tuple[Any, bytes]:
    """As a browser follows a link: without any key."""
    answer = await AsyncClient().get(address)
    if not answer.streaming:
        return answer, answer.content
    return answer, b"".join([piece async for piece in answer.streaming_content])

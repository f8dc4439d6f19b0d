"""Just enough of HTTP/1.1 for the fallback: POST JSON over a kept connection, read a body or its lines."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import SplitResult

KEPT: Final = 20.0  # seconds that an idle connection is used again; servers end theirs after 60
LINE: Final = 1024 * 1024  # bytes of a line, an event's or a chunk's


class HttpError(Exception):
    """No answer, or none that is HTTP."""


@dataclass(slots=True)
class Answer:
    """A status and what follows it, read as it comes."""

    status: int
    headers: Mapping[str, str]
    reader: asyncio.StreamReader

    async def body(self) -> bytes:
        return b"".join([piece async for piece in self.pieces()])

    async def lines(self) -> AsyncIterator[bytes]:
        """Whole lines, without their ends. Raises HttpError when the body was cut."""
        rest = b""
        async for piece in self.pieces():
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                yield line

    async def pieces(self) -> AsyncIterator[bytes]:
        try:
            if self.headers.get("transfer-encoding", "").lower() == "chunked":
                while size := int((await self.reader.readline()).partition(b";")[0], 16):
                    yield await self.reader.readexactly(size)
                    await self.reader.readline()
                await self.reader.readline()
            elif size := int(self.headers.get("content-length", "0")):
                yield await self.reader.readexactly(size)
        except (OSError, ValueError, EOFError) as error:
            raise HttpError("the body was cut") from error


class Connection:
    """One to `origin`, made when needed and kept for the next request."""

    def __init__(
        self, origin: SplitResult, headers: Mapping[str, str], secure: ssl.SSLContext | None
    ) -> None:
        self._origin, self._headers = origin, headers
        self._secure = secure or (ssl.create_default_context() if origin.scheme == "https" else None)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._used = 0.0

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer, whose body is to be read before the next request. Raises HttpError."""
        try:
            reader, writer = await self._opened()
            writer.write(self._head(path, len(body), headers) + body)
            await writer.drain()
            answer = await _answer(reader)
        except (OSError, ValueError, LookupError, EOFError, asyncio.LimitOverrunError) as error:
            self.close()
            raise HttpError(f"no answer to POST {path}") from error
        self._used = monotonic()
        return answer

    def close(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()
        self._reader = self._writer = None

    async def _opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is not None and self._writer is not None and monotonic() - self._used < KEPT:
            return self._reader, self._writer
        self.close()
        port = self._origin.port or (443 if self._origin.scheme == "https" else 80)
        self._reader, self._writer = await asyncio.open_connection(
            self._origin.hostname, port, ssl=self._secure, limit=LINE
        )
        return self._reader, self._writer

    def _head(self, path: str, size: int, headers: Mapping[str, str]) -> bytes:
        fixed = {"Host": self._origin.netloc, "Content-Type": "application/json", "Content-Length": str(size)}
        lines = [f"{name}: {value}" for name, value in {**fixed, **self._headers, **headers}.items()]
        return "\r\n".join([f"POST {path} HTTP/1.1", *lines, "", ""]).encode("latin-1")


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ", 2)[1])
    pairs = (line.partition(":") for line in head[1:] if line)
    return Answer(status, {name.strip().lower(): value.strip() for name, _, value in pairs}, reader)

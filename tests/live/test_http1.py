"""What the client's own HTTP takes for an answer, and what not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from support_chat.live.client.http1 import Answer, Connection, HttpError

SOON = 5.0  # seconds


@asynccontextmanager
async def answering(*answers: bytes, then_closes: bool = True) -> AsyncIterator[Connection]:
    """A connection to a server that answers every request with the next of these, as it is."""
    left = list(answers)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while left and await reader.readline():
            await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(2)
            answer = left.pop(0)
            size = max(1, len(answer) // 200)
            for at in range(0, len(answer), size):
                writer.write(answer[at : at + size])
                await asyncio.sleep(0)
        if then_closes:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    connection = Connection(urlsplit(f"http://127.0.0.1:{port}"), {}, None)
    async with asyncio.timeout(SOON):
        yield connection
    connection.close()
    server.close()


async def posted(connection: Connection) -> Answer:
    return await connection.post("/", b"{}", {})


async def test_a_body_is_read_by_its_length_or_by_its_chunks_on_one_connection() -> None:
    by_length = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    chunked = b"HTTP/1.1 413 No\r\ntransfer-encoding: chunked\r\n\r\n3;x=1\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
    async with answering(by_length, chunked, by_length) as connection:
        for status in (200, 413, 200):
            answer = await posted(connection)
            assert (answer.status, await answer.body()) == (status, b"hello")


async def test_lines_are_whole_however_they_are_cut_into_chunks() -> None:
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in b'{"a":1}\n{"b":2}\n')
    async with answering(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"
    ) as it:
        assert [line async for line in (await posted(it)).lines()] == [b'{"a":1}', b'{"b":2}']


@pytest.mark.parametrize(
    "cut",
    [
        b"Content-Length: 5\r\n\r\nhel",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"Content-Length: x\r\n\r\n",
    ],
)
async def test_a_body_that_was_cut_is_no_body(cut: bytes) -> None:
    async with answering(b"HTTP/1.1 200 OK\r\n" + cut) as connection:
        answer = await posted(connection)
        with pytest.raises(HttpError):
            await answer.body()


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200", b"SSH-2.0-x\r\n\r\n", b"x" * 100_000 + b"\r\n\r\n"])
async def test_what_is_no_http_is_no_answer(said: bytes) -> None:
    async with answering(said) as connection:
        with pytest.raises(HttpError):
            await posted(connection)


async def test_a_server_that_is_not_there_is_no_answer() -> None:
    with pytest.raises(HttpError):
        await posted(Connection(urlsplit("http://127.0.0.1:1"), {}, None))

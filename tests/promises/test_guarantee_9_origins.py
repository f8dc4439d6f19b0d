"""Guarantee 9, at a real server's handshake: whose pages may open a socket, and what no decoder can read."""

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.services.house import PASSWORD, token_of
from tests.services.open_house import build_house_in
from tests.services.served import ServedProcess

FOREIGN = [
    "null",
    "http://evil.example",
    "http://127.0.0.1.evil.example",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost:{port}",
    "https://127.0.0.1:{port}",
    "ftp://127.0.0.1:{port}",
    "http://127.0.0.1:{port}/",
    "http://x@127.0.0.1:{port}",
]


@pytest.fixture
def served(sqlite_url: str, serve_process: Callable[..., ServedProcess]) -> tuple[ServedProcess, str]:
    """A server whose site allows its panel on a page of another origin, and the site's key."""
    key = build_house_in(sqlite_url, "http://evil.example")
    return serve_process(sqlite_url), key


def sign_in(server: ServedProcess, person: str) -> str:
    """The Cookie header of somebody's browser."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"{server.url}/accounts/login/"
    with browser.open(address) as page:
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.read())
    assert token is not None
    fields = {"username": person, "password": PASSWORD, "csrfmiddlewaretoken": token[1].decode()}
    with browser.open(address, urllib.parse.urlencode(fields).encode()) as page:
        assert page.status == 200
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


async def ask(socket: ClientConnection, do: str, **fields: Any) -> dict[str, Any]:
    """The reply; what is told meanwhile is passed over."""
    await socket.send(json.dumps({"id": 1, "do": do, "with": fields}))
    while "re" not in (frame := dict(json.loads(await socket.recv()))):
        pass
    return frame


def knock(server: ServedProcess, path: str, origin: str | None, cookie: str = "") -> connect:
    headers = {"Cookie": cookie} if cookie else {}
    named = Origin(origin.format(port=server.port)) if origin else None
    protocol = [Subprotocol("support-chat.v1")]
    return connect(
        f"{server.ws_url}{path}", origin=named, additional_headers=headers, subprotocols=protocol, proxy=None
    )


async def test_only_this_servers_own_pages_open_sockets_and_only_they_are_known_by_cookie(
    served: tuple[ServedProcess, str],
) -> None:
    server, key = served
    cookie = sign_in(server, "ana")
    hello = {"/ws/visitor": {"site": key}, "/ws/agent": {}}
    for path, fields in hello.items():
        async with knock(server, path, "http://127.0.0.1:{port}", cookie) as socket:
            assert "ok" in await ask(socket, "hello", **fields), path
        for origin in FOREIGN:
            async with knock(server, path, origin, cookie) as socket:
                with pytest.raises(ConnectionClosed) as closed:
                    await ask(socket, "hello", **fields)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4403, (path, origin)


async def test_a_program_says_no_origin_and_has_a_token_of_its_own(served: tuple[ServedProcess, str]) -> None:
    server, key = served
    async with knock(server, "/ws/agent", None) as socket:
        assert "ok" in await ask(socket, "hello", token=token_of("ana"))
    async with knock(server, "/ws/visitor", None) as socket:
        assert "ok" in await ask(socket, "hello", site=key)
    async with knock(server, "/ws/agent", None, sign_in(server, "ana")) as socket:
        assert (await ask(socket, "hello"))["error"]["code"] == "unknown_token", "a cookie needs a page"


async def test_bytes_that_are_no_text_end_their_own_socket_and_no_other(
    served: tuple[ServedProcess, str],
) -> None:
    server, key = served
    async with (
        knock(server, "/ws/agent", None) as agent,
        knock(server, "/ws/visitor", None) as bystander,
        knock(server, "/ws/visitor", None) as visitor,
    ):
        assert "ok" in await ask(agent, "hello", token=token_of("ana"))
        for each in (bystander, visitor):
            assert "ok" in await ask(each, "hello", site=key)
        await visitor.send(b"\xff\xfe\x00", text=True)
        with pytest.raises(ConnectionClosed):
            await visitor.recv()
        await bystander.send(b'{"id":1,"do":"beat"}')
        assert json.loads(await bystander.recv())["error"]["code"] == "bad_frame"
        assert "ok" in await ask(bystander, "beat")
        assert "ok" in await ask(agent, "beat")

"""A push service of this machine, and a browser that takes what comes by it."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from support_chat.desk import outbox
from support_chat.desk.actions.mailing import settle_letter
from support_chat.desk.letters import push, webhook
from support_chat.desk.outgoing import Answer, Request, ask_once

ENDPOINT = "https://push.example/send/abc"


class Browser:
    """One that takes pushes: its keys, and what it reads."""

    def __init__(self) -> None:
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.auth = bytes(range(16))

    @property
    def keys(self) -> dict[str, str]:
        point = self.secret.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": written(point), "auth": written(self.auth)}

    def read(self, body: bytes) -> dict[str, Any]:
        opened = http_ece.decrypt(body, private_key=self.secret, auth_secret=self.auth, version="aes128gcm")
        told: dict[str, Any] = json.loads(opened)
        return told


def written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Service(BaseHTTPRequestHandler):
    status: ClassVar[int] = 201
    got: ClassVar[list[tuple[dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append((dict(self.headers), body))
        self.send_response(type(self).status)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Quiet."""


@contextmanager
def listening() -> Iterator[tuple[str, type[Service]]]:
    """Its address, and what it was sent."""
    service = type("Service", (Service,), {"got": [], "status": 201})
    server = HTTPServer(("127.0.0.1", 0), service)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", service
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


@contextmanager
def pushes_heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    """Whatever is sent to an address by TLS comes here in the clear."""
    with listening() as (url, heard):

        def here(request: Request, *, seconds: float) -> Answer:
            there = replace(request, url=url, schemes=("http",))
            return ask_once(there, seconds=seconds, allowed=lambda address, port: True)

        monkeypatch.setattr(push, "ask_once", here)
        monkeypatch.setattr(webhook, "ask_once", here)
        yield heard


def work() -> None:
    """What the outbox does in one look."""
    for row in outbox.take():
        taken = outbox.written(row)
        settle_letter(row=row, outcome=outbox.send(taken) if taken else outbox._UNWRITTEN)

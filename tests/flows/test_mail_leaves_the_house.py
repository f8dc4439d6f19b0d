"""A letter on its way through the whole desk to a real mail server, here a very small one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from support_chat.desk import db
from support_chat.desk.actions.mailing import send_test
from support_chat.settings.mail import mail
from tests.desk.running import running
from tests.flows.stage import set_stage

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Postbox:
    """As much of RFC 5321 as one client needs."""

    port: int = 0
    letters: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        say = writer.write
        say(b"220 here\r\n")
        while line := (await reader.readline()).decode():
            word = line[:4].upper()
            if word == "RCPT":
                self.recipients.append(line.partition("<")[2].partition(">")[0])
            if word == "DATA":
                say(b"354 go on\r\n")
                self.letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            say(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")
        writer.close()


@asynccontextmanager
async def postbox() -> AsyncIterator[Postbox]:
    box = Postbox()
    server = await asyncio.start_server(box.serve, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    async with server:
        yield box


async def test_a_test_mail_arrives_and_visitors_are_offered_what_needs_mail(settings: Any) -> None:
    async with postbox() as box, running() as desk:
        for name, value in mail(f"smtp://127.0.0.1:{box.port}").items():
            setattr(settings, name, value)
        settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
        stage = await set_stage(desk)
        vera = await stage.visitor()
        assert "mail" not in vera.welcome["site"]
        mia = await db.run(stage.shop.staff, "mia", role="manager", answers=False)
        await db.run(send_test, staff=mia, site=stage.shop.site.public_key, to="mia@mail.example")
        await vera.event("availability_changed", mail=True)
        assert box.recipients == ["mia@mail.example"]
        assert "This is the test mail of Shop." in box.letters[0]
        again = await stage.visitor(vera.token)
        assert again.welcome["site"]["mail"] is True

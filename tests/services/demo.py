"""A real `manage.py demo`, as a newcomer starts it."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support_chat.live.client import Backoff, VisitorClient
from tests.services.process import end_process, free_port, wait_until
from tests.services.served import ROOT, answers, own_environment, run_manage

LOAD = (
    "from django.utils import timezone; from fixtures.seed.load import load_demo; "
    "print(load_demo(now=timezone.now(), chats={chats}).public_key)"
)


@dataclass
class RunningDemo:
    """A demo that answers."""

    port: int
    key: str
    log: Path

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def visitor(self) -> VisitorClient:
        """A visitor's client that comes back at once."""
        backoff = Backoff(first=0.2, most=0.5)
        return VisitorClient(f"ws://127.0.0.1:{self.port}/ws/visitor", site=self.key, backoff=backoff)

    def post(self, address: str, token: str | None) -> dict[str, object]:
        """What the bar of the shop asks for the visitor of `token`."""
        request = urllib.request.Request(self.url + address, b"", {"X-Visitor-Token": token or ""})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return dict(json.load(answer))


@contextmanager
def demo_running(folder: Path, database_url: str, chats: int = 12) -> Iterator[RunningDemo]:
    """Runs `demo` while the block runs, on a migrated database; few past chats, so that it is there soon."""
    environment = own_environment(database_url)
    loaded = run_manage("shell", "-v0", "--command", LOAD.format(chats=chats), environment=environment)
    demo = RunningDemo(free_port(), loaded.split()[-1], folder / "demo.log")
    with demo.log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "demo", "--port", str(demo.port)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        wait_until(lambda: answers(f"{demo.url}/"), child, demo.log)
        yield demo
    finally:
        end_process(child)

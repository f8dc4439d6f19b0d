"""A server around a badly behaved application, and a house served as it should be; one of each for all."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.server.peers import Peer
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.process import end_process, free_port, wait_until
from tests.services.served import ROOT, ServedProcess, answers, own_environment

ODD = "import sys, django; django.setup(); from tests.server.odd_server import main; main(int(sys.argv[1]))"


@pytest.fixture(scope="module")
def own_database(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = shutil.copytree(migrated_sqlite.parent, tmp_path_factory.mktemp("own") / "database")
    return f"sqlite:///{folder / migrated_sqlite.name}"


@pytest.fixture(scope="module")
def start_odd_server(
    own_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Peer]]:
    """Starts such a server, and ends it after the last test."""
    folder = tmp_path_factory.mktemp("odd")
    with ExitStack() as started:

        def start() -> Peer:
            port = free_port()
            log = folder / f"{port}.log"
            with log.open("wb") as output:
                child = subprocess.Popen(
                    [sys.executable, "-c", ODD, str(port)],
                    env=own_environment(
                        own_database, DJANGO_SETTINGS_MODULE="support_chat.settings.development"
                    ),
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                )
            started.callback(end_process, child)
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/health/live"), child, log)
            return Peer(ServedProcess(port, own_database, None, child, log))

        yield start


@pytest.fixture(scope="module")
def odd(start_odd_server: Callable[[], Peer]) -> Peer:
    """The one that the tests of a file share."""
    return start_odd_server()


@pytest.fixture(scope="module")
def site(own_database: str) -> str:
    """The key of the only site."""
    return build_house_in(own_database)


@pytest.fixture
def house(site: str, own_database: str, serve_process: Callable[..., ServedProcess]) -> OpenHouse:
    """A real `serve`, without throttle, of this test's own."""
    return OpenHouse(site, serve_process(own_database, THROTTLE="off"), serve_process)

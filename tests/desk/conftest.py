"""What most tests of the desk begin with."""

from collections.abc import Iterator

import pytest

from support_chat.desk.telling import Telling
from support_chat.live.news import News
from tests.desk.people import House, house
from tests.desk.push_service import Browser, Service, pushes_heard


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def told() -> Iterator[list[News]]:
    """Everything told while the test runs, in order."""
    heard: list[News] = []
    Telling.outlet = heard.extend
    yield heard
    Telling.outlet = None


@pytest.fixture
def browser() -> Browser:
    """One that takes pushes."""
    return Browser()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    """The push service, and the messenger, to which everything is sent."""
    with pushes_heard(monkeypatch) as heard:
        yield heard

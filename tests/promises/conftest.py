"""Whoever comes may have a socket or none: what holds is the same."""

import pytest

from support_chat.live.fallback import events
from tests.desk.by_http import ByHttp
from tests.desk.running import Socket


@pytest.fixture(params=[Socket, ByHttp], ids=["socket", "http"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> type[Socket]:
    """How people come. Who is gone has left soon."""
    monkeypatch.setattr(events, "LINGER", 0.2)
    kind: type[Socket] = request.param
    return kind

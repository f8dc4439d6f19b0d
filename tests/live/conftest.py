"""What holds for every test of the wire."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_fails_unseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An exception in a callback is only logged by asyncio: here it fails the test."""
    yield
    unseen = [record.getMessage() for record in caplog.get_records("call") if record.name == "asyncio"]
    assert not [message for message in unseen if "exception" in message.lower()]

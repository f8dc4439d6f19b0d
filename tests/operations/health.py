"""What a process says of itself, asked within the test's own process."""

import json
from typing import Any

from django.test import AsyncRequestFactory

from support_chat import health
from tests.promises.talking import eventually

Ready = dict[str, Any]


async def ready() -> tuple[int, Ready]:
    """Status and body of /health/ready."""
    response = await health.ready(AsyncRequestFactory().get("/health/ready"))
    return response.status_code, json.loads(response.content)


async def turns_red(*lagging: str) -> Ready:
    """Waits until exactly this lags; the body."""

    async def is_so() -> bool:
        return (await ready())[1]["red"] == list(lagging)

    await eventually(is_so)
    status, body = await ready()
    assert status == (503 if lagging else 200)
    assert body["ready"] is not bool(lagging)
    return body


async def turns_green() -> Ready:
    """Waits until nothing lags any more; the body."""
    return await turns_red()

"""Background tasks are kept, logged, started again, and ended together."""

import asyncio

import pytest

from support_chat.live import tasks as module
from support_chat.live.tasks import Tasks


async def test_a_task_that_fails_is_logged_and_started_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.001)
    runs: list[int] = []
    done = asyncio.Event()

    async def work() -> None:
        runs.append(1)
        if len(runs) < 3:
            raise ValueError("not yet")
        done.set()

    tasks = Tasks()
    tasks.keep_running("work", work)
    await asyncio.wait_for(done.wait(), 1)
    await asyncio.sleep(0)
    assert (len(runs), len(tasks)) == (3, 0)
    assert caplog.text.count("The task work failed") == 2


async def test_a_task_that_is_run_once_fails_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise ValueError("never")

    tasks = Tasks()
    tasks.run_once("work", work())
    await asyncio.sleep(0.01)
    assert "The task work failed" in caplog.text
    assert len(tasks) == 0


async def test_all_tasks_end_together() -> None:
    async def work() -> None:
        await asyncio.Event().wait()

    tasks = Tasks()
    tasks.keep_running("one", work)
    tasks.run_once("two", work())
    await tasks.stop()
    assert len(tasks) == 0

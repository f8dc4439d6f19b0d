"""A real server process says when its database is gone, and needs no restart when it is back."""

import json
from collections.abc import Callable
from typing import Any

from tests.operations.asking import answer_of
from tests.promises.talking import eventually
from tests.services.postgres import private_postgres
from tests.services.redis import RedisServer
from tests.services.served import ServedProcess, own_environment, run_manage


def ready(served: ServedProcess) -> dict[str, Any]:
    status, body = answer_of(f"{served.url}/health/ready")
    said: dict[str, Any] = json.loads(body)
    assert status == (200 if said["ready"] else 503)
    return said


async def test_a_server_outlives_its_database_and_says_so_meanwhile(
    redis_server: RedisServer, serve_process: Callable[..., ServedProcess]
) -> None:
    with private_postgres() as postgres:
        url = postgres.create_database("support_chat")
        run_manage("migrate", "--verbosity=0", environment=own_environment(url))
        postgres.stop()
        served = serve_process(url, redis_server.url)
        await eventually(lambda: "database" in ready(served)["red"])
        postgres.start()
        await eventually(lambda: ready(served)["ready"])
        postgres.stop()
        await eventually(lambda: "database" in ready(served)["red"])
        assert answer_of(f"{served.url}/health/live")[0] == 200
        postgres.start()
        await eventually(lambda: ready(served)["ready"])
        assert "postgres" not in json.dumps(ready(served)), "an address of the database"

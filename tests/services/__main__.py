"""`python -m tests.services COMMAND …` runs a command beside a private PostgreSQL and Redis."""

import subprocess
import sys

from tests.services.postgres import private_postgres
from tests.services.process import clean_environment
from tests.services.redis import private_redis
from tests.services.served import own_environment, run_manage

TEMPLATE = "TESTS_MIGRATED_DATABASE"  # names it to the command: a migrated database to copy


def main(command: list[str]) -> int:
    """The exit status of `command`, run with DATABASE_URL and REDIS_URL of servers made for it."""
    with private_postgres() as postgres, private_redis() as redis:
        database = postgres.create_database("support_chat")
        run_manage("migrate", "--verbosity=0", environment=own_environment(database))
        environment = clean_environment(
            DATABASE_URL=database, REDIS_URL=redis.url, **{TEMPLATE: "support_chat"}
        )
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

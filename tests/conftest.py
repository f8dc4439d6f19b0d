"""What every test may ask for. The servers and programs beyond Python live in tests/services/."""

import os
import shutil
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from support_chat.desk import ledger
from support_chat.desk.db import close_lanes
from support_chat.desk.site_masks import forget_masks
from tests.services.__main__ import TEMPLATE

pytest_plugins = [
    "tests.services.fixtures",
    "tests.services.bundled",
    "tests.services.open_house",
    "tests.skew.release",
]

WORKERS = 4  # on two cores: most tests wait for a server or a browser
LONGEST_FIRST = (
    "browser",
    "promises",
    "operations",
    "skew",
    "flows",
    "server",
    "services",
)  # so that no worker ends long after
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "database_url"}


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Several workers for everything; none, and no waiting for them, for a few tests by name."""
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return WORKERS
    config.option.dist = "no"
    return 0


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Marks what touches the database of DATABASE_URL, so that a second run on another one is short; and when
    all have put them into their order, those go first that wait the longest."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or asked & DATABASE_FIXTURES:
            item.add_marker("database")
    yield
    items.sort(key=lambda item: _turn(item.path.parent.name))


def _turn(room: str) -> int:
    return LONGEST_FIRST.index(room) if room in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.fixture(autouse=True)
def nothing_known_of_sites() -> Iterator[None]:
    """The next test's sites have the keys of this one's."""
    yield
    forget_masks()


@pytest.fixture(autouse=True)
def nobody_repeats_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test did, perhaps, a moment ago."""
    monkeypatch.setattr(ledger, "_repeats", SimpleNamespace(until=0.0))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, request: pytest.FixtureRequest, django_db_keepdb: bool
) -> None:
    """The test database begins as a copy of one that was migrated once for all workers. In SQLite it is a
    file, which threads can share."""
    if django_db_keepdb:
        copy = request.getfixturevalue("tmp_path_factory").mktemp("database") / "test.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), copy)
        connection.settings_dict["TEST"]["NAME"] = str(copy)
    elif TEMPLATE in os.environ:
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ[TEMPLATE]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A file is kept as it was copied; it lies in a folder of this process's own."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, left by every thread before it is dropped: those of the lanes, and of tests."""
    yield
    close_lanes()
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

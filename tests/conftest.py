"""What every test may ask for. The servers and programs beyond Python live in tests/services/."""

from collections.abc import Iterator

import pytest

from support_chat.desk.db import close_lanes

pytest_plugins = ["tests.services.fixtures", "tests.services.open_house", "tests.skew.release"]

WORKERS = 4  # on two cores: most tests wait for a server or a browser
LONGEST_FIRST = ("browser", "promises", "operations", "skew", "flows")  # so that no worker ends long after
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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The test database, left by every thread of the lanes before it is dropped."""
    yield
    close_lanes()

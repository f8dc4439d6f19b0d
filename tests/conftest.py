"""What every test may ask for. The servers and programs beyond Python live in tests/services/."""

import pytest

pytest_plugins = ["tests.services.fixtures"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "database_url"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches the database of DATABASE_URL, so that a second run on another one is short."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or asked & DATABASE_FIXTURES:
            item.add_marker("database")

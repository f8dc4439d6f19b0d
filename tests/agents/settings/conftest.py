"""Whose settings these are, and who may change them."""

import pytest
from django.test import Client

from tests.agents.conftest import as_user
from tests.desk.people import House, house


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def mia(shop: House) -> Client:
    """The manager, signed in."""
    return as_user(shop.staff("mia", role="manager", answers=False).user)

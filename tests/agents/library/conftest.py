"""A shop with a manager and an agent, each signed in."""

import pytest
from django.test import Client

from support_chat.desk.access import Staff
from tests.agents.conftest import as_user
from tests.desk.people import House, house


@pytest.fixture
def shop(db: None) -> House:
    return house()


@pytest.fixture
def mia(shop: House) -> Client:
    """The manager."""
    return as_user(shop.staff("mia", role="manager", answers=False).user)


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")

"""A team of two sites: whose pages and replies are whose."""

import pytest
from django.test import Client

from support_chat.desk.models import CannedReply, Membership, Queue, Site, User

SECRET = "correct horse"


@pytest.fixture
def shop(db: None) -> Site:
    return Site.objects.create(name="Shop")


@pytest.fixture
def orders(shop: Site) -> Queue:
    return Queue.objects.create(site=shop, name="Orders", is_default=True)


@pytest.fixture
def ana(shop: Site, orders: Queue) -> User:
    return member(shop, "ana", Membership.Role.AGENT)


def member(site: Site, username: str, role: str, queue: Queue | None = None) -> User:
    """Somebody who signs in with SECRET and has this role there."""
    user = User.objects.create_user(username, password=SECRET)
    Membership.objects.create(user=user, site=site, queue=queue, role=role)
    return user


def reply(site: Site, shortcut: str, queue: Queue | None = None) -> CannedReply:
    return CannedReply.objects.create(
        site=site, queue=queue, shortcut=shortcut, title=shortcut.title(), text=f"<b>{shortcut}</b> & so on"
    )


def as_user(user: User) -> Client:
    """A browser in which this user is signed in."""
    client = Client()
    client.force_login(user)
    return client

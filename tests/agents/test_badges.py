"""A socket ends with whatever let it in."""

from collections.abc import Callable

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from agents.badges import Badge, ended, moved
from support_chat.desk.access import staff_of
from support_chat.desk.ids import fingerprint
from support_chat.desk.models import ApiToken, Membership, Site, User
from tests.agents.conftest import member

pytestmark = pytest.mark.django_db


def signed_in() -> tuple[User, Badge]:
    user = User.objects.create_user("ana", password="first")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return user, Badge(user.pk, user.password, session=session.session_key)


def sign_out(user: User) -> None:
    Session.objects.all().delete()


def deactivate(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_password(user: User) -> None:
    user.set_password("second")
    user.save()


def test_a_badge_is_good_for_as_long_as_nothing_happens() -> None:
    _, badge = signed_in()
    assert ended([badge]) == set()


@pytest.mark.parametrize("happens", [sign_out, deactivate, change_password])
def test_signing_out_deactivation_and_a_new_password_end_a_session_s_sockets(
    happens: Callable[[User], None],
) -> None:
    user, badge = signed_in()
    happens(user)
    assert ended([badge]) == {badge}


@pytest.mark.parametrize("still_good", [True, False])
def test_revoking_a_token_ends_its_sockets_and_no_others(still_good: bool) -> None:
    user = User.objects.create_user("bot")
    ApiToken.objects.create(user=user, name="kept", sha256=fingerprint("kept"), scopes=["chat"])
    ApiToken.objects.create(
        user=user, name="lost", sha256=fingerprint("lost"), scopes=["chat"], revoked_at=timezone.now()
    )
    badge = Badge(user.pk, user.password, token=fingerprint("kept" if still_good else "lost"))
    assert ended([badge]) == (set() if still_good else {badge})


def test_another_place_on_the_team_is_seen(shop: Site) -> None:
    ana = staff_of(member(shop, "ana", Membership.Role.AGENT))
    badge = Badge(ana.user.pk, ana.user.password, token="", places=ana.places)
    assert moved([badge]) == set()
    Membership.objects.filter(user=ana.user).update(role="supervisor")
    assert moved([badge]) == {badge}

"""The keys of a site's identities: made and revoked by its managers, the secret told once."""

from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection

from support_chat.desk.models import IdentityKey, Membership, Queue, SettingChange, Site, User
from tests.agents.conftest import as_user, member

EC = ec.generate_private_key(ec.SECP256R1())


def pem(private: Any) -> str:
    public = private.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode().strip()


@pytest.fixture
def boss(shop: Site, orders: Queue) -> User:
    return member(shop, "boss", Membership.Role.MANAGER)


def keys_of(shop: Site) -> str:
    return f"/api/v1/sites/{shop.public_key}/identity-keys/"


def make(user: User, shop: Site, **values: Any) -> Any:
    return as_user(user).post(keys_of(shop), values, content_type="application/json")


def test_a_secret_is_told_to_whoever_makes_it_and_never_again(shop: Site, boss: User) -> None:
    answer = make(boss, shop, algorithm="HS256")
    told = answer.json()
    assert (answer.status_code, len(told["secret"]), answer.headers["Cache-Control"]) == (201, 64, "no-store")
    listed = as_user(boss).get(keys_of(shop)).json()
    assert [(each["id"], each["algorithm"], "secret" in each) for each in listed] == [
        (told["id"], "HS256", False)
    ]
    made = SettingChange.objects.get()
    assert (made.by, made.values) == (boss, {"identity_key": [None, told["id"]]})


def test_no_table_holds_the_secret(shop: Site, boss: User) -> None:
    secret = make(boss, shop).json()["secret"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM desk_identitykey")
        assert secret not in str(cursor.fetchall())
    assert jwt.decode(jwt.encode({}, secret), IdentityKey.objects.get().verifies_with, ["HS256"]) == {}


def test_a_public_key_may_be_brought_instead(shop: Site, boss: User) -> None:
    told = make(boss, shop, algorithm="ES256", public_key=pem(EC)).json()
    assert (told["algorithm"], told["public_key"], "secret" in told) == ("ES256", pem(EC), False)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"algorithm": "none"}, "algorithm"),
        ({"algorithm": "HS256", "public_key": pem(EC)}, "public_key"),
        ({"algorithm": "ES256"}, "public_key"),
        ({"algorithm": "RS256", "public_key": pem(EC)}, "public_key"),
        ({"algorithm": "ES256", "public_key": pem(ec.generate_private_key(ec.SECP384R1()))}, "public_key"),
        ({"algorithm": "RS256", "public_key": pem(rsa.generate_private_key(65537, 1024))}, "public_key"),
        ({"secret": "mine"}, "secret"),
    ],
)
def test_what_is_no_key_is_told_by_field(shop: Site, boss: User, values: Any, field: str) -> None:
    answer = make(boss, shop, **values)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not IdentityKey.objects.exists()


def test_several_are_good_at_once_so_that_one_replaces_another_without_a_gap(shop: Site, boss: User) -> None:
    first, second = (make(boss, shop).json() for _ in range(2))
    browser = as_user(boss)
    assert browser.delete(f"{keys_of(shop)}{first['id']}/").status_code == 204
    assert browser.delete(f"{keys_of(shop)}{first['id']}/").status_code == 204
    good = [each["id"] for each in browser.get(keys_of(shop)).json() if each["revoked_at"] is None]
    assert good == [second["id"]]
    for _ in range(3):
        assert make(boss, shop).status_code == 201
    assert make(boss, shop).status_code == 400


def test_nobody_else_makes_sees_or_revokes_one(shop: Site, boss: User, ana: User) -> None:
    key = make(boss, shop).json()["id"]
    other = member(Site.objects.create(name="Elsewhere"), "olaf", Membership.Role.MANAGER)
    for user, status in ((ana, 403), (other, 404)):
        browser = as_user(user)
        assert browser.get(keys_of(shop)).status_code == status
        assert make(user, shop).status_code == status
        assert browser.delete(f"{keys_of(shop)}{key}/").status_code == status
    assert as_user(boss).delete(f"{keys_of(shop)}unknown/").status_code == 404
    assert IdentityKey.objects.get().revoked_at is None

"""A website that signs who its visitors are."""

from time import time
from typing import Any

import jwt

from support_chat.desk.actions.identity_keys import make_identity_key
from support_chat.desk.models import IdentityKey
from tests.desk.people import House


def key_of(shop: House, **values: Any) -> IdentityKey:
    """A new key, made by a new manager."""
    boss = shop.staff(f"boss{IdentityKey.objects.count()}", role="manager", answers=False)
    return make_identity_key(staff=boss, site=shop.site.public_key, **values)


def lasting() -> dict[str, int]:
    """Good for five minutes from now on."""
    now = int(time())
    return {"iat": now, "exp": now + 300}


def claims(key: IdentityKey, sub: str = "bea", **more: Any) -> dict[str, Any]:
    """As they should be; None leaves one out."""
    made = {"sub": sub, "aud": key.site.public_key, "name": "Bea Lind", **lasting(), **more}
    return {name: value for name, value in made.items() if value is not None}


def signed(key: IdentityKey, sub: str = "bea", *, with_: Any = None, **more: Any) -> str:
    """A token of this key; `with_` the private half, where it is not HS256."""
    secret = with_ or key.secret()
    return jwt.encode(claims(key, sub, **more), secret, key.algorithm, headers={"kid": key.key_id})

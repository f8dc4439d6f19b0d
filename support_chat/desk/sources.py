"""Network addresses, never as they are: hashed with a key of the day, which is forgotten after the next."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from support_chat.desk.database_time import database_now
from support_chat.desk.models import SourceKey

_BYTES: Final = 16  # of a hash: 128 bits, so that no two addresses meet


def hash_of(source: str) -> str:
    """As it is kept today; "" of none. `source` is what the throttle counts by: IPv4, or the /64 of IPv6."""
    return hashes_today([source])[source]


def hashes_today(sources: Collection[str]) -> dict[str, str]:
    """The same of several."""
    if not any(sources):
        return dict.fromkeys(sources, "")
    today = database_now().date()
    key = _key_of(today)
    return {source: _hashed(source, today, key) if source else "" for source in sources}


def hashes_of(source: str) -> list[str]:
    """As it was kept today and yesterday."""
    days = SourceKey.objects.order_by("-day").values_list("day", "key")[:2]
    return [_hashed(source, day, bytes(key)) for day, key in days]


def _hashed(source: str, day: date, key: bytes) -> str:
    digest = hashlib.blake2b(source.encode(), key=key, digest_size=_BYTES).hexdigest()
    return f"{day:%Y%m%d}:{digest}"


def _key_of(day: date) -> bytes:
    row, made = SourceKey.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(32)})
    if made:
        SourceKey.objects.filter(day__lt=day - timedelta(days=1)).delete()
    return bytes(row.key)

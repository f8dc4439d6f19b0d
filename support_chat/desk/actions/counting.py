"""How often the answers of starters are shown and help: counted a day, of nobody in particular."""

from typing import Final

from django.db import transaction
from django.db.models import F

from support_chat.desk.access import site_by_key
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotFound
from support_chat.desk.models import StarterCount
from support_chat.desk.starters import starter_for

COUNTED: Final = ("shown", "helped")


def count_starter(*, site: str, words: str, did: str) -> None:
    """One more of `COUNTED` for the starter with exactly these words. UnknownSite; NotFound: it shows no
    answer, or none has these words."""
    row = site_by_key(site)
    starter = starter_for(row.starters, words)
    if starter is None or not starter.answer:
        raise NotFound
    with transaction.atomic(durable=True):
        day = database_now().date()
        count, _ = StarterCount.objects.get_or_create(site=row, words=words, day=day)
        StarterCount.objects.filter(pk=count.pk).update(**{did: F(did) + 1})

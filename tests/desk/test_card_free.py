"""Wherever people write something, the number of a payment card is masked or refused before anything is kept.

Each way in is tried with a word, which is kept, and then with a card's number in its place. A column of text
to which no way leads says why it needs none.
"""

import re
from contextlib import suppress
from typing import Any, Final

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from support_chat.live.news import News
from support_chat.live.refusals import BadField
from tests.desk.people import House
from tests.desk.ways_in import WAYS, Scene

pytestmark = pytest.mark.django_db(transaction=True)
CARD: Final = "4242424242424242"
GROUPED: Final = re.compile("[ -]?".join(["4242"] * 4))
WORD: Final = "zanzibar"


@pytest.fixture
def scene(shop: House, settings: Any) -> Scene:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    return Scene(shop)


def kept() -> str:
    """Every value of every row of the desk."""
    tables = apps.get_app_config("desk").get_models()
    return "\n".join(str(row) for table in tables for row in table._default_manager.values())


@pytest.mark.parametrize("name", WAYS)
def test_a_card_number_is_kept_nowhere_and_told_to_nobody(scene: Scene, told: list[News], name: str) -> None:
    act, columns = WAYS[name]
    act(scene, WORD)
    for column in columns:
        assert WORD in str(values_of(column)), column
    assert WORD in kept()
    told.clear()
    with suppress(BadField, ValidationError):
        act(scene, CARD)
    assert not GROUPED.search(kept())
    assert not GROUPED.search(str([[*news.frames.values()] for news in told]))


def values_of(column: str) -> list[Any]:
    model, _, name = column.partition(".")
    return list(apps.get_model("desk", model)._default_manager.values_list(name, flat=True))


# Nobody writes there what they like.
CLOSED: Final = {
    "made here, or what is told of it": (
        *("public_id", "public_key", "key", "mark", "visible_mark", "chain", "visible_chain", "asked"),
        *("digest", "sha256", "token_sha256", "given_sha256", "replaced", "writer", "topics", "traces"),
        *("process", "uploader_role", "uploader_id", "author_role", "author_id", "key_id", "used_by"),
        *("endpoint", "p256dh", "auth", "session", "learnt", "participants", "place_why", "password"),
        *("line", "Deadline.subject", "jti", "Visitor.name", "Process.name", "Topic.name"),
        *("Outbox.payload", "Outbox.source", "Visitor.source"),
    ),
    "one of a few": (
        *("kind", "type", "role", "cause", "status_cause", "status_before", "time_zone", "language"),
        *("scopes", "quiet", "hours", "zone", "device", "colour", "alerts_language"),
        *("CannedReply.locale", "Site.locale", "Conversation.skills"),
    ),
    "by whoever runs the server, or names the team": (
        *("username", "first_name", "last_name", "User.email", "public_name", "author_name", "picture"),
        *("lifted_by", "ApiToken.name"),
    ),
    "addresses of machines, and what they say": ("allowed_origins", "alerts", "mail_error", "Outbox.error"),
    "an address that was taken elsewhere": ("Outbox.address",),
    "patterns of signs, no numbers": ("Site.masks",),
    "who somebody is to their website: masked, two would be one": ("Visitor.subject", "Block.value"),
}


def test_every_column_of_text_is_tried_or_says_why_it_need_not_be() -> None:
    tried = {column for _, columns in WAYS.values() for column in columns}
    closed = {name for names in CLOSED.values() for name in names}
    texts = (models.CharField, models.TextField, models.JSONField)
    columns = {
        f"{model.__name__}.{column.name}"
        for model in apps.get_app_config("desk").get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, texts) and not column.choices
    }
    open_ones = {each for each in columns - closed if each.partition(".")[2] not in closed}
    assert tried <= columns
    assert open_ones - tried == set()

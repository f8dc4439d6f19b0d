from collections.abc import Iterator
from typing import Any

import msgspec
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from support_chat.desk.capacity_guard import GUARDS, UNGUARD


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in GUARDS[editor.connection.vendor]:
        editor.execute(statement)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNGUARD[editor.connection.vendor]:
        editor.execute(statement)


def follow_logs(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """What the new columns of open chats are, by their logs. Of closed ones they are empty."""
    chats = apps.get_model("desk", "Conversation").objects.exclude(state="closed")
    for chat in chats.iterator(100):
        for kind, role, at, body in _entries(apps, chat):
            chat.place_key = body.get("sort", chat.place_key)
            if kind == "assigned":
                chat.replied = False
            elif kind == "message" and role == "agent":
                chat.replied, chat.team_at = True, at
        chat.save(update_fields=["place_key", "replied", "team_at"])


def _entries(apps: StateApps, chat: Any) -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
    rows = apps.get_model("desk", "Entry").objects.filter(conversation=chat).order_by("position")
    for kind, role, at, text in rows.values_list("kind", "author_role", "at", "body__text"):
        yield kind, role, at, msgspec.json.decode(text) if text else {}


def nothing(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The columns go with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_routing")]
    operations = [migrations.RunPython(follow_logs, nothing), migrations.RunPython(guard, unguard)]

"""What lies in the database that DATABASE_URL names."""

from typing import Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from support_chat.desk.database_time import database_now
from support_chat.desk.models import Process
from support_chat.desk.search.index_tables import SHADOWS

BOOKKEEPING: Final = {"django_migrations", "django_content_type", "auth_permission"}  # made by `migrate`


def counted() -> dict[str, int]:
    """Every table and how many rows it has."""
    return {table: _count(table) for table in tables()}


def tables() -> list[str]:
    """All but those in which SQLite's search keeps its own, and which come and go with it."""
    return sorted(name for name in connection.introspection.table_names() if not is_shadow(name))


def is_shadow(table: str) -> bool:
    return table.startswith(SHADOWS)


def is_empty() -> bool:
    """Whether nothing lies here but what `migrate` makes."""
    return not any(_count(table) for table in tables() if table not in BOOKKEEPING)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        return int(cursor.fetchone()[0])


def applied() -> list[str]:
    """The migrations of this database, such as "desk.0001_initial"."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def known() -> set[str]:
    """The migrations of this release."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}


def running() -> list[str]:
    """The server processes that live on this database, by their leases."""
    if Process._meta.db_table not in tables():
        return []
    return list(Process.objects.filter(lease_until__gt=database_now()).values_list("name", flat=True))

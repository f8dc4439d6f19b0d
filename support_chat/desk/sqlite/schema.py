"""Django's schema editor for SQLite, under which a table keeps its triggers, and those that read it.

Most changes of a table are made by copying it, and SQLite drops the triggers of the old one with it: what
they guard would be unguarded from then on. And it renames no table while a trigger of another one reads what
is not there.
"""

from typing import Any, Final

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SqliteSchemaEditor
from django.db.models import Model

_TRIGGERS: Final = """SELECT name, sql FROM sqlite_master
WHERE type = 'trigger' AND (tbl_name = %s OR instr(sql, %s) > 0) ORDER BY name"""


class DatabaseSchemaEditor(SqliteSchemaEditor):
    _copy_table: Any = vars(SqliteSchemaEditor)["_remake_table"]

    def _remake_table(self, model: type[Model], *args: Any, **kwargs: Any) -> None:
        triggers = self._triggers_with(model._meta.db_table)
        for name in triggers:
            self.execute(f"DROP TRIGGER {self.quote_name(name)}")
        self._copy_table(model, *args, **kwargs)
        for trigger in triggers.values():
            self.execute(trigger)

    def _triggers_with(self, table: str) -> dict[str, str]:
        """By name, those of this table and those that name it."""
        with self.connection.cursor() as cursor:
            cursor.execute(_TRIGGERS, [table, table])
            return dict(cursor.fetchall())

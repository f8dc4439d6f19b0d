"""Many rows in one statement: the ORM's own conversions, only where a value needs one.

`bulk_create` and `bulk_update` cost hundreds of microseconds a row, most of it in conversions of values
that are what the driver wants already.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.db import connection, models

_AS_IT_IS: Final = (
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
_ROWS_AT_ONCE: Final = 500  # below what SQLite takes as parameters of one statement


class Columns:
    """Some columns of one table, in a fixed order."""

    def __init__(self, model: type[models.Model], names: Sequence[str]) -> None:
        fields: list[Any] = [model._meta.get_field(name) for name in names]
        self._table = model._meta.db_table
        self._names = [str(field.column) for field in fields]
        self._readers = [_reader(field) for field in fields]

    def insert(self, rows: Iterable[models.Model]) -> None:
        """Insert them, in order."""
        self._insert(rows, "")

    def insert_with_keys(self, rows: Sequence[models.Model]) -> None:
        """Insert them, in order, and give each the key that the database chose."""
        for row, key in zip(rows, self._insert(rows, " RETURNING id"), strict=True):
            row.pk = key[0]

    def update(self, rows: Iterable[models.Model]) -> None:
        """Write these columns of these rows, by key."""
        changes = ", ".join(f"{name} = %s" for name in self._names)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {self._table} SET {changes} WHERE id = %s",
                [[*self._values(row), row.pk] for row in rows],
            )

    def _insert(self, rows: Iterable[models.Model], returning: str) -> list[tuple[Any, ...]]:
        values = [self._values(row) for row in rows]
        keys: list[tuple[Any, ...]] = []
        for start in range(0, len(values), _ROWS_AT_ONCE):
            keys += self._insert_some(values[start : start + _ROWS_AT_ONCE], returning)
        return keys

    def _insert_some(self, values: Sequence[list[Any]], returning: str) -> list[tuple[Any, ...]]:
        one = f"({', '.join(['%s'] * len(self._names))})"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self._table} ({', '.join(self._names)}) "
                f"VALUES {', '.join([one] * len(values))}{returning}",
                [value for row in values for value in row],
            )
            return cursor.fetchall() if returning else []

    def _values(self, row: models.Model) -> list[Any]:
        return [read(row) for read in self._readers]


def _reader(field: Any) -> Callable[[models.Model], Any]:
    name = field.attname
    if isinstance(field, _AS_IT_IS):
        return lambda row: getattr(row, name)
    return lambda row: field.get_db_prep_save(getattr(row, name), connection)

"""Many rows in one statement: the ORM's own conversions, only where a value needs one.

`bulk_create` and `bulk_update` cost hundreds of microseconds a row, most of it in conversions of values
that are what the driver wants already.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, Final

from django.db import connection, models

_AS_IT_IS: Final = (
    models.BinaryField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
_ROWS_AT_ONCE: Final = 500  # below what SQLite takes as parameters of one statement

Values = Sequence[Any]
Convert = Callable[[Any], Any]


class Columns:
    """Some columns of one table, two or more, in a fixed order. A row is any object that has them."""

    def __init__(self, model: type[models.Model], names: Sequence[str]) -> None:
        fields: list[Any] = [model._meta.get_field(name) for name in names]
        self._table = model._meta.db_table
        self._names = [str(field.column) for field in fields]
        self._get = attrgetter(*(str(field.attname) for field in fields))
        self._conversions = [
            (index, _conversion(field))
            for index, field in enumerate(fields)
            if not isinstance(field, _AS_IT_IS)
        ]

    def insert_values(self, rows: Iterable[Values]) -> None:
        """Insert rows of values that need no conversion, in order."""
        self._insert(list(rows), "")

    def insert_for_keys(self, rows: Iterable[object]) -> list[Any]:
        """Insert them, in order; the keys that the database chose."""
        return [key[0] for key in self._insert(self._values(rows), " RETURNING id")]

    def update(self, rows: Iterable[models.Model]) -> None:
        """Write these columns of these rows, by key."""
        rows = list(rows)
        changes = ", ".join(f"{name} = %s" for name in self._names)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {self._table} SET {changes} WHERE id = %s",
                [[*values, row.pk] for values, row in zip(self._values(rows), rows, strict=True)],
            )

    def _insert(self, rows: Sequence[Values], returning: str) -> list[tuple[Any, ...]]:
        keys: list[tuple[Any, ...]] = []
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            keys += self._insert_some(rows[start : start + _ROWS_AT_ONCE], returning)
        return keys

    def _insert_some(self, rows: Sequence[Values], returning: str) -> list[tuple[Any, ...]]:
        one = f"({', '.join(['%s'] * len(self._names))})"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self._table} ({', '.join(self._names)}) "
                f"VALUES {', '.join([one] * len(rows))}{returning}",
                [value for row in rows for value in row],
            )
            return cursor.fetchall() if returning else []

    def _values(self, rows: Iterable[object]) -> list[list[Any]]:
        values = [list(self._get(row)) for row in rows]
        for index, convert in self._conversions:
            for row in values:
                row[index] = convert(row[index])
        return values


def _conversion(field: Any) -> Convert:
    convert = partial(_prepared, field)
    # One batch is of one moment, or nearly.
    return lru_cache(256)(convert) if isinstance(field, models.DateTimeField) else convert


def _prepared(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)

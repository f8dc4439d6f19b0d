"""Some columns of a table, by hand: the ORM's own conversions, only where a value needs one.

`bulk_create` and `bulk_update` cost hundreds of microseconds a row, most of it in conversions of values
that are what the driver wants already; an instance that a query makes, some forty.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, Final

from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import Col

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
        self._model = model
        self._fields = fields
        self._table = model._meta.db_table
        self._names = [str(field.column) for field in fields]
        self._by_vendor: dict[str, list[Convert | None]] = {}
        self._get = attrgetter(*(str(field.attname) for field in fields))
        self._conversions = [
            (index, _conversion(field))
            for index, field in enumerate(fields)
            if not isinstance(field, _AS_IT_IS)
        ]

    def __len__(self) -> int:
        return len(self._fields)

    def of(self, alias: str) -> str:
        """These columns in a SELECT from this table under `alias`."""
        return ", ".join(f"{alias}.{name}" for name in self._names)

    def instance(self, values: Values) -> Any:
        """The row of these values, as a SELECT gave them; its other columns are fetched when asked for."""
        row = self._model.__new__(self._model)
        row._state = ModelState()
        row._state.adding, row._state.db = False, connection.alias
        for field, convert, value in zip(self._fields, self._readers(connection.vendor), values, strict=True):
            row.__dict__[field.attname] = value if convert is None or value is None else convert(value)
        return row

    def _readers(self, vendor: str) -> list[Convert | None]:
        if vendor not in self._by_vendor:
            self._by_vendor[vendor] = [_reading(field) for field in self._fields]
        return self._by_vendor[vendor]

    def insert_values(self, rows: Iterable[Values]) -> None:
        """Insert rows of values that need no conversion, in order."""
        self._insert(list(rows), "")

    def insert(self, rows: Iterable[object]) -> None:
        """Insert them, in order."""
        self._insert(self._values(rows), "")

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


def _reading(field: Any) -> Convert | None:
    """What the ORM makes of what the driver gives; None where that is the same."""
    column = Col(field.model._meta.db_table, field)
    steps = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
    if not steps or isinstance(field, models.BinaryField):
        return None

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return convert

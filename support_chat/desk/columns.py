"""Some columns of a table, by hand: the ORM's own conversions, only where a value needs one.

`bulk_create` and `bulk_update` cost hundreds of microseconds a row, most of it in conversions of values
that are what the driver wants already; an instance that a query makes, some forty.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, Final

import msgspec
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
_json = msgspec.json.Encoder()

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
        self._insert(list(rows))

    def insert(self, rows: Iterable[object]) -> None:
        """Insert them, in order."""
        self._insert(self._values(rows))

    def insert_for_keys(self, rows: Iterable[object]) -> list[Any]:
        """Insert them, in order; the keys that they got."""
        values = self._values(rows)
        if connection.vendor != "sqlite":
            return [key[0] for key in self._insert_at_once(values, " RETURNING id")]
        keys = self._next_keys(len(values))
        self._insert_one_by_one([[key, *row] for key, row in zip(keys, values, strict=True)], "id, ")
        return list(keys)

    def update(self, rows: Iterable[models.Model]) -> None:
        """Write these columns of these rows, by key."""
        rows = list(rows)
        changes = ", ".join(f"{name} = %s" for name in self._names)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {self._table} SET {changes} WHERE id = %s",
                [[*values, row.pk] for values, row in zip(self._values(rows), rows, strict=True)],
            )

    def _insert(self, rows: Sequence[Values]) -> None:
        if connection.vendor == "sqlite":
            self._insert_one_by_one(rows)
        else:
            self._insert_at_once(rows)

    def _insert_one_by_one(self, rows: Sequence[Values], key: str = "") -> None:
        """One short statement, prepared once: what SQLite, which is no journey away, does fastest."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self._table} ({key}{', '.join(self._names)}) "
                f"VALUES ({', '.join(['%s'] * len(rows[0]))})",
                rows,
            )

    def _next_keys(self, count: int) -> range:
        """Keys that SQLite would choose: whoever writes writes alone."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self._table])
            last = cursor.fetchone()
        first = last[0] + 1 if last else 1
        return range(first, first + count)

    def _insert_at_once(self, rows: Sequence[Values], returning: str = "") -> list[tuple[Any, ...]]:
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
    """What the driver wants of what the ORM has; of None too."""
    if isinstance(field, models.JSONField):
        return _as_json
    convert = partial(_prepared, field)
    # One batch is of one moment, or nearly.
    return lru_cache(256)(convert) if isinstance(field, models.DateTimeField) else convert


def _as_json(value: Any) -> str:
    return _json.encode(value).decode()


def _prepared(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _reading(field: Any) -> Convert | None:
    """What the ORM makes of what the driver gives, None apart; None where that is the same."""
    if isinstance(field, models.JSONField):
        return msgspec.json.decode
    column = Col(field.model._meta.db_table, field)
    steps = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
    if not steps or isinstance(field, models.BinaryField):
        return None

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return lru_cache(256)(convert) if isinstance(field, models.DateTimeField) else convert

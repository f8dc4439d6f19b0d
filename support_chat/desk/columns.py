"""Some columns of a table, by hand: the ORM's own conversions, only where a value needs one.

`bulk_create` and `bulk_update` cost hundreds of microseconds a row, most of it in conversions of values
that are what the driver wants already; an instance that a query makes, some forty.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache, partial
from operator import attrgetter
from typing import Any, Final

import msgspec
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import Col

from support_chat.desk.prepared import prepared
from support_chat.desk.vendor import SQLITE

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
        self._model = model
        self._fields: list[Any] = [model._meta.get_field(name) for name in names]
        self._table = model._meta.db_table
        self._names = [str(field.column) for field in self._fields]
        self._attributes = [str(field.attname) for field in self._fields]
        self._get = attrgetter(*self._attributes)

    def __len__(self) -> int:
        return len(self._fields)

    def of(self, alias: str) -> str:
        """These columns in a SELECT from this table under `alias`."""
        return ", ".join(f"{alias}.{name}" for name in self._names)

    def instance(self, values: Values) -> Any:
        """The row of these values, as a SELECT gave them; its other columns are fetched when asked for."""
        row = self._model.__new__(self._model)
        row._state = ModelState()
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        for name, convert, value in zip(self._attributes, self._reading, values, strict=True):
            row.__dict__[name] = value if convert is None or value is None else convert(value)
        return row

    def insert(self, rows: Iterable[object]) -> None:
        """Insert them, in order."""
        self.insert_values(self._get(row) for row in rows)

    def insert_values(self, rows: Iterable[Values]) -> None:
        """The same of rows that are bare values, in the order of the columns."""
        if SQLITE:
            _one_by_one(self._inserting_one, self._converted(rows))
        else:
            at_once(self.inserting, self.given_values(rows))

    def update(self, rows: Iterable[models.Model]) -> None:
        """Write these columns of these rows, by key."""
        if SQLITE:
            _one_by_one(self._updating_one, self._keyed(rows))
        else:
            at_once(self.updating, self.given_by_key(rows))

    # SQLite, which is no journey away, does one short statement, prepared once, the fastest.

    def insert_for_keys(self, rows: Iterable[object]) -> range:
        """On SQLite, insert them, in order; the keys that they got."""
        converted = self._converted(self._get(row) for row in rows)
        keys = self._next_keys(len(converted))
        keyed = [[*row, key] for key, row in zip(keys, converted, strict=True)]
        _one_by_one(self._inserting_one_by_key, keyed)
        return keys

    @cached_property
    def _inserting_one(self) -> str:
        return f"INSERT INTO {self._table} ({self._list}) VALUES ({self._places})"

    @cached_property
    def _inserting_one_by_key(self) -> str:
        return f"INSERT INTO {self._table} ({self._list}, id) VALUES ({self._places}, %s)"

    @cached_property
    def _updating_one(self) -> str:
        changes = ", ".join(f"{name} = %s" for name in self._names)
        return f"UPDATE {self._table} SET {changes} WHERE id = %s"

    # PostgreSQL does one statement for all rows, or for several tables, whose text is always the same.

    @cached_property
    def inserting(self) -> str:
        """The statement; its one parameter is what `given` makes of the rows."""
        return (
            f"INSERT INTO {self._table} ({self._list}) SELECT {self._list} "
            f"FROM json_populate_recordset(NULL::{self._table}, %s::json)"
        )

    @cached_property
    def updating(self) -> str:
        """The statement; its one parameter is what `given_by_key` makes of the rows."""
        changes = ", ".join(f"{name} = given.{name}" for name in self._names)
        return (
            f"UPDATE {self._table} SET {changes} FROM json_populate_recordset(NULL::{self._table}, %s::json) "
            f"given WHERE {self._table}.id = given.id"
        )

    def given(self, rows: Iterable[object]) -> str:
        return self.given_values(self._get(row) for row in rows)

    def given_values(self, rows: Iterable[Values]) -> str:
        return _named(self._names, self._converted(rows))

    def given_by_key(self, rows: Iterable[models.Model]) -> str:
        return _named([*self._names, "id"], self._keyed(rows))

    def _keyed(self, rows: Iterable[models.Model]) -> list[list[Any]]:
        rows = list(rows)
        converted = self._converted(self._get(row) for row in rows)
        return [[*values, row.pk] for values, row in zip(converted, rows, strict=True)]

    def _next_keys(self, count: int) -> range:
        """Keys that SQLite would choose: whoever writes writes alone."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self._table])
            last = cursor.fetchone()
        first = last[0] + 1 if last else 1
        return range(first, first + count)

    @property
    def _list(self) -> str:
        return ", ".join(self._names)

    @property
    def _places(self) -> str:
        return ", ".join(["%s"] * len(self))

    def _converted(self, rows: Iterable[Values]) -> list[list[Any]]:
        values = [list(row) for row in rows]
        for index, convert in self._writing:
            for row in values:
                row[index] = convert(row[index])
        return values

    @cached_property
    def _writing(self) -> list[tuple[int, Convert]]:
        found = ((index, _written(field)) for index, field in enumerate(self._fields))
        return [(index, convert) for index, convert in found if convert is not None]

    @cached_property
    def _reading(self) -> list[Convert | None]:
        return [_read(field) for field in self._fields]


def _one_by_one(statement: str, rows: Sequence[Values]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def at_once(statement: str, *given: str) -> None:
    """On PostgreSQL: run a statement whose text is always the same, with rows as JSON."""
    with prepared() as cursor:
        cursor.execute(statement, given)


def _named(names: Sequence[str], rows: Iterable[Values]) -> str:
    return _json.encode([dict(zip(names, row, strict=True)) for row in rows]).decode()


def _written(field: Any) -> Convert | None:
    """What is to become of a value, None too, on its way to the database; None where nothing is."""
    if not SQLITE:  # rows go as JSON
        return _as_hex if isinstance(field, models.BinaryField) else None
    if isinstance(field, _AS_IT_IS):
        return None
    if isinstance(field, models.JSONField):
        return _as_json
    if isinstance(field, models.DateTimeField):  # one batch is of one moment, or nearly
        return lru_cache(256)(connection.ops.adapt_datetimefield_value)
    return partial(_prepared, field)


def _read(field: Any) -> Convert | None:
    """What is to become of a value, None apart, on its way from the database; None where nothing is."""
    if isinstance(field, models.JSONField):
        return msgspec.json.decode
    if isinstance(field, models.BooleanField):
        return bool if SQLITE else None
    column = Col(field.model._meta.db_table, field)
    steps = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
    if not steps or isinstance(field, models.BinaryField):
        return None

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return lru_cache(256)(convert) if isinstance(field, models.DateTimeField) else convert


def _as_json(value: Any) -> str:
    return _json.encode(value).decode()


def _as_hex(value: bytes) -> str:
    return "\\x" + value.hex()


def _prepared(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)

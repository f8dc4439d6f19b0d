"""Pages that are found by key, never by counting: each goes on behind the last row of the one before,
whatever came and went meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from support_chat.desk.models import Conversation

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Chats = QuerySet[Conversation]


@dataclass(frozen=True, slots=True)
class Order:
    """By one column, then by key, both in the same direction. `cut` is the column's value of a cursor."""

    column: str
    down: bool
    key: Callable[[Conversation], int]
    cut: Callable[[int], Any]

    def page(
        self, chats: Chats, after: str | None, count: int, *, until: str | None = None
    ) -> list[Conversation]:
        """Behind `after`, and up to the row that `until` is of, wherever that is by now. OverflowError of a
        cursor of nobody's making."""
        names = dict.fromkeys([self.column, "pk"])
        ordered = chats.order_by(*(F(name).desc() if self.down else F(name).asc() for name in names))
        behind, before = ("lt", "gt") if self.down else ("gt", "lt")
        inside = self._bound(after, behind, behind) & self._bound(until, before, f"{before}e")
        return list(ordered.filter(inside)[:count])

    def _bound(self, cursor: str | None, than: str, last: str) -> Q:
        """On one side of a cursor; `last` says whether its own row is."""
        if cursor is None:
            return Q()
        key, pk = map(int, cursor.split("."))
        if self.column == "pk":
            return Q(**{f"pk__{last}": pk})
        at = self.cut(key)
        same = Q(**{self.column: at, f"pk__{last}": pk})  # the bound alone is what an index begins at
        return Q(**{f"{self.column}__{than}e": at}) & (Q(**{f"{self.column}__{than}": at}) | same)

    def cursor(self, row: Conversation) -> str:
        return f"{self.key(row)}.{row.pk}"


def micros(at: datetime | None) -> int:
    """Since 1970, as a cursor has it."""
    return (at - _EPOCH) // timedelta(microseconds=1) if at else 0


def moment(key: int) -> datetime:
    """The other way. OverflowError where there is none."""
    return _EPOCH + timedelta(microseconds=key)

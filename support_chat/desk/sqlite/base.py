"""Django's SQLite backend, with one fair turn a write transaction.

Beside a busy writer SQLite's own busy handler made others wait up to 3.7 s, in no order; with one
in-process lock around BEGIN … COMMIT, 2 ms. Other processes still meet at SQLite's own lock.
"""

from time import monotonic
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as SqliteOperations

from support_chat.desk.fair_lock import FairLock
from support_chat.desk.log_guard import GUARDS, UNGUARD
from support_chat.desk.measures import turn
from support_chat.desk.sqlite.schema import DatabaseSchemaEditor

_turn = FairLock()


class DatabaseOperations(SqliteOperations):
    """A flush empties the log too, which the log's own guards would refuse."""

    def sql_flush(self, *args: Any, **kwargs: Any) -> list[str]:
        statements = super().sql_flush(*args, **kwargs)
        if not any("desk_entry" in statement for statement in statements):
            return statements
        return [*UNGUARD["sqlite"], *statements, *GUARDS["sqlite"]]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
    _my_turn = False
    _since = 0.0  # when my turn began

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        # FULL: an acknowledged message survives a power cut. WAL is kept by the file: set it once.
        connection.execute("PRAGMA synchronous = FULL")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
            connection.execute("PRAGMA journal_mode = WAL")
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        _turn.acquire()
        self._my_turn, self._since = True, monotonic()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self._my_turn:
            self._my_turn = False
            turn.observe(monotonic() - self._since)
            _turn.release()

"""Django's PostgreSQL backend, with transactions that begin and end in a journey with what they do.

psycopg waits for its own BEGIN, for its COMMIT, and in a pipeline for the look whether autocommit may be set
again: of a message's five journeys three carried nothing. Here the driver's connection is in autocommit all
the time, and BEGIN and COMMIT are statements like others.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg import Cursor


class DatabaseWrapper(base.DatabaseWrapper):
    _journey: ExitStack | None = None

    @contextmanager
    def one_journey(self) -> Iterator[None]:
        """What is run inside goes out together, in order, and has been answered at the end; or, if the
        transaction ends inside, with that."""
        self.ensure_connection()
        with self.wrap_database_errors, ExitStack() as journey:
            journey.enter_context(self.connection.pipeline())
            self._journey = journey
            try:
                yield
            finally:
                self._journey = None

    def _start_transaction_under_autocommit(self) -> None:
        with debug_transaction(self, "BEGIN"), self.wrap_database_errors:
            Cursor(self.connection).execute("BEGIN")

    def _set_autocommit(self, autocommit: bool) -> None:
        if self.connection.autocommit != autocommit:
            super()._set_autocommit(autocommit)

    def _commit(self) -> None:
        journey, self._journey = self._journey, None
        if journey is None:
            super()._commit()
            return
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors, journey:  # which ends here
            Cursor(self.connection).execute("COMMIT")

    def _rollback(self) -> None:
        """Outside of a journey: one that has failed carries nothing any more."""
        journey, self._journey = self._journey, None
        if journey is not None:
            with suppress(self.Database.Error):
                journey.close()
        super()._rollback()

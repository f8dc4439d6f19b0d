"""What Django is told of a database, by its address."""

from typing import Any

import dj_database_url


def database(url: str) -> dict[str, Any]:
    """The entry of DATABASES for sqlite:///… or postgres://…; its connections are kept."""
    entry: dict[str, Any] = {**dj_database_url.parse(url), "CONN_MAX_AGE": None}
    if is_sqlite(entry):
        entry["ENGINE"] = "support_chat.desk.sqlite"
        entry["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    else:
        entry["ENGINE"] = "support_chat.desk.postgresql"
        entry.setdefault("OPTIONS", {}).setdefault("prepare_threshold", 0)  # see desk/prepared.py
    return entry


def is_sqlite(entry: dict[str, Any]) -> bool:
    return "sqlite" in str(entry["ENGINE"])

from datetime import datetime

from django.db import connection
from django.utils import timezone

from support_chat.desk.vendor import SQLITE


def database_now() -> datetime:
    """The time by the database's clock, the only one that decides."""
    if SQLITE:
        return timezone.now()  # the database is this machine
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now

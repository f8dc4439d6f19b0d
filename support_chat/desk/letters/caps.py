"""How much mail may be asked for, so that nobody pesters strangers with it; counted in the database."""

from datetime import datetime, timedelta

from django.db.models import Q

from support_chat.desk.errors import TooFast
from support_chat.desk.models import Outbox, Site, Visitor
from support_chat.settings.chat import MAIL_CAPS


def cap(site: Site, visitor: Visitor, *, address: str, source: str, now: datetime) -> None:
    """TooFast where one more letter of visitors' asking would be too many. The site's row is held."""
    counted = {
        "visitor": Q(visitor=visitor),
        "address": Q(address=address),
        "source": Q(source=source) if source else Q(pk=None),
        "site": Q(site=site, visitor__isnull=False),
    }
    for what, (most, seconds) in MAIL_CAPS.items():
        since = now - timedelta(seconds=seconds)
        rows = Outbox.objects.filter(counted[what], made_at__gt=since).order_by("-made_at")
        times = list(rows.values_list("made_at", flat=True)[most - 1 : most])
        if times:
            raise TooFast(after=(times[0] - since).total_seconds())

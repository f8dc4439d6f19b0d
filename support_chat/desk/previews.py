"""Where agents see what a visitor types before it is sent: on sites that allow it and say so, of visitors
who may write."""

from collections.abc import Sequence

from support_chat.desk.database_time import database_now
from support_chat.desk.masks import Masks
from support_chat.desk.models import Site, Visitor
from support_chat.desk.site_masks import masks_for


def previewing(visitors: Sequence[Visitor]) -> list[Masks | None]:
    """Of each of them: what is hidden of a preview; None where there is none by now."""
    sites, keys = {each.site_id for each in visitors}, {each.pk for each in visitors}
    allowed = set(Site.objects.filter(pk__in=sites, previews=True).values_list("pk", flat=True))
    held_back = Visitor.objects.filter(pk__in=keys, blocked_until__gt=database_now()) if allowed else None
    blocked = set(held_back.values_list("pk", flat=True)) if held_back is not None else set()
    return [
        masks_for(each.site_id) if each.site_id in allowed and each.pk not in blocked else None
        for each in visitors
    ]

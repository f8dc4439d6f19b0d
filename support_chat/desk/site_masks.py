"""What each site hides, as this process knows it: asked of the database now and then."""

from time import monotonic
from typing import Final

from support_chat.desk.masks import NONE, InvalidMasks, Masks, masks_of
from support_chat.desk.models import Site

KEPT_FOR: Final = 2.0  # seconds until a change that another process made holds here
_known: Final[dict[int, tuple[float, Masks]]] = {}


def masks_for(site: int) -> Masks:
    """By the site's key."""
    at, masks = _known.get(site, (0.0, NONE))
    now = monotonic()
    if now - at > KEPT_FOR or site not in _known:
        masks = _read(site)
        _known[site] = (now, masks)
    return masks


def forget_masks() -> None:
    """They have changed: ask again."""
    _known.clear()


def _read(site: int) -> Masks:
    value = Site.objects.filter(pk=site).values_list("masks", flat=True).first()
    try:
        return masks_of(value)
    except InvalidMasks:  # it was kept under other rules
        return NONE

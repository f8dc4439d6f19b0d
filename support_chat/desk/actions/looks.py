"""The logo of a site; its colour, side and words are settings like others (configuring.py)."""

import hashlib

from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.configuring import hold_site, note
from support_chat.desk.models import Logo
from support_chat.desk.pictures import picture_kind
from support_chat.desk.telling import Telling


def set_logo(*, staff: Staff, site: str, image: bytes | None) -> Logo | None:
    """Show this picture in the panel's head, or none; in panels that are opened from now on. ValidationError
    for what is no picture of ours."""
    known = site_to_manage(staff, site)
    kind = picture_kind(image) if image else ""
    with Telling():
        row = hold_site(known.pk)
        before = Logo.objects.filter(site=row).first()
        if image is None:
            Logo.objects.filter(site=row).delete()
            after = None
        else:
            digest = hashlib.sha256(image).hexdigest()
            values = {"kind": kind, "digest": digest, "image": image}
            after, _ = Logo.objects.update_or_create(site=row, defaults=values)
        digests = [each.digest if each else None for each in (before, after)]
        if digests[0] != digests[1]:
            note(row, {"logo": digests}, by=staff.user, site=row)
    return after

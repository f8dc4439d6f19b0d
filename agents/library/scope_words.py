"""For whom a canned reply or a macro is, in words."""

from django.utils.translation import gettext

from support_chat.desk.access import Staff
from support_chat.desk.models import Agent, Site


def alone_words(staff: Staff, owner: Agent | None) -> str:
    """Of what is for its owner alone; without one it will be of whoever asks."""
    if owner and owner != staff.agent:
        return gettext("Only %(name)s") % {"name": owner.user.name}
    return gettext("Only me")


def everybody_words(site: Site) -> str:
    return gettext("Everybody of %(site)s") % {"site": site.name}

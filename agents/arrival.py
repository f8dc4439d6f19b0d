"""A member of the team says hello: who they are, and what their console begins with."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from agents.badges import Badge
from support_chat.desk.access import Staff, colleagues_of, staff_of, user_of_token
from support_chat.desk.availability import availability_of, first_queue
from support_chat.desk.database_time import database_now
from support_chat.desk.drafts import drafts_of
from support_chat.desk.errors import UnknownToken
from support_chat.desk.ids import fingerprint
from support_chat.desk.inbox import inbox_rows, queues_changed
from support_chat.desk.mentions import mentions_told
from support_chat.desk.models import Queue, Site, User
from support_chat.desk.own import own_told
from support_chat.desk.team import agent_card, agent_cards, staffed
from support_chat.live.frames import FILES, LISTS, ON_SITE, SHARE_DRAFT, TOGETHER
from support_chat.live.origins import header
from support_chat.settings.chat import HEARTBEAT, WAIT_TARGET

# What a console may do here that an older server does not know.
_FEATURES: Final = (
    *(FILES, "find_replies", LISTS, "note_read", ON_SITE, "pick_edited"),
    *("save_draft", "search", "seen", SHARE_DRAFT, TOGETHER),
)

_sessions = import_module(settings.SESSION_ENGINE).SessionStore


def staff_by_token(token: str) -> tuple[Staff, Badge]:
    user = user_of_token(token, "chat")
    staff = staff_of(user)
    return staff, Badge(user.pk, user.password, token=fingerprint(token), places=staff.places)


def staff_by_session(scope: Mapping[str, Any]) -> tuple[Staff, Badge]:
    """Whoever is signed in by the handshake's session cookie. UnknownToken when nobody is."""
    cookie = SimpleCookie(header(scope, b"cookie") or "").get(settings.SESSION_COOKIE_NAME)
    if cookie is None:
        raise UnknownToken
    request = HttpRequest()
    request.session = _sessions(cookie.value)
    user = get_user(request)
    if not isinstance(user, User):
        raise UnknownToken
    staff = staff_of(user)
    return staff, Badge(user.pk, user.password, session=cookie.value, places=staff.places)


def topics_of(staff: Staff) -> list[str]:
    """The state topics of a console: theirs, their queues', their teams' and their sites'."""
    topics = [queue.topic for queue in staff.watched]
    topics += [topic for site in staff.sites for topic in (site.team_topic, site.topic)]
    return [staff.agent.topic, *topics] if staff.agent else topics


def lists_of(staff: Staff) -> list[str]:
    """The topics of the lists in which chats of their queues may stand: heard by whoever looks at one."""
    return [queue.lists_topic for queue in staff.watched]


def welcome_words(staff: Staff) -> dict[str, Any]:
    """The reply to the hello."""
    now = database_now()
    sites = Site.objects.in_bulk([site.pk for site in staff.sites])
    queues = Queue.objects.filter(site__in=sites).order_by("pk").in_bulk()
    cards = agent_cards(colleagues_of(staff), now=now)
    return {
        "agent": {**_me(staff, cards), "role": staff.role},
        "inbox": inbox_rows(agent=staff.agent, queues=staff.roles, now=now, known=queues),
        "queues": _queues(staff, sites, queues.values(), now),
        "sites": [_site(sites[key], queues.values(), now) for key in sorted(sites)],
        "wait_target": WAIT_TARGET,
        "teammates": cards,
        "heartbeat": HEARTBEAT,
        "drafts": drafts_of(staff),
        "mentions": _mentions(staff),
        "own": _own(staff),
        "features": list(_FEATURES),
    }


def _mentions(staff: Staff) -> dict[str, Any]:
    told = mentions_told(staff.agent) if staff.agent else None
    return {"unread": told.unread, "mentions": told.mentions} if told else {"unread": 0, "mentions": []}


def _own(staff: Staff) -> dict[str, Any]:
    """Read once they are listened for: `staff` is from before."""
    told = own_told(User.objects.get(pk=staff.user.pk))
    return {"keys": told.keys, "undo_send": told.undo_send, "share_drafts": told.share_drafts}


def _me(staff: Staff, cards: Iterable[dict[str, Any]]) -> dict[str, Any]:
    if staff.agent is not None:
        own = (card for card in cards if card["id"] == staff.agent.public_id)
        return next(own, None) or agent_card(staff.agent)
    idle = {"status": "offline", "cause": "not an agent", "capacity": 0, "load": 0}
    return {"id": "", "name": staff.user.name, **idle}


def _site(site: Site, queues: Iterable[Queue], now: datetime) -> dict[str, Any]:
    first = first_queue(queue for queue in queues if queue.site_id == site.pk)
    standing = availability_of(site, first, now=now).words(now)
    return {"id": site.public_key, "name": site.name, **standing}


def _queues(
    staff: Staff, sites: Mapping[int, Site], queues: Collection[Queue], now: datetime
) -> list[dict[str, Any]]:
    """How each stands, what they are in it, which may be nothing, and who answers it."""
    answered = {key: each for site in sites for key, each in staffed(site, now=now).items()}
    return [
        {
            "id": queue.public_id,
            "name": queue.name,
            "site": sites[queue.site_id].name,
            "waiting": standing.waiting,
            "longest_wait": standing.longest_wait,
            "online": answered[queue.pk].online,
            "roles": sorted(staff.roles.get(queue.pk, ())),
            "agents": answered[queue.pk].agents,
        }
        for queue, standing in zip(queues, queues_changed(queues, now=now), strict=True)
    ]

"""A member of the team says hello: who they are, and what their console begins with."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from agents.badges import Badge
from support_chat.desk.access import Staff, agents_by_queue, colleagues_of, staff_of, user_of_token
from support_chat.desk.availability import availability_of
from support_chat.desk.database_time import database_now
from support_chat.desk.drafts import drafts_of
from support_chat.desk.errors import UnknownToken
from support_chat.desk.ids import fingerprint
from support_chat.desk.inbox import inbox_rows, queue_changed
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
    topics = [queue.topic for queue in Queue.objects.filter(pk__in=staff.roles).order_by("pk")]
    topics += [topic for site in staff.sites for topic in (site.team_topic, site.topic)]
    return [staff.agent.topic, *topics] if staff.agent else topics


def lists_of(staff: Staff) -> list[str]:
    """The topics of the lists in which chats of their queues may stand: heard by whoever looks at one."""
    return [queue.lists_topic for queue in Queue.objects.filter(pk__in=staff.roles).order_by("pk")]


def welcome_words(staff: Staff) -> dict[str, Any]:
    """The reply to the hello."""
    now = database_now()
    queues = Queue.objects.filter(site__in=staff.sites).select_related("site").order_by("pk")
    agents = agents_by_queue(queues)
    sites = Site.objects.filter(pk__in=[site.pk for site in staff.sites]).order_by("pk")
    online = {pk: count for site in staff.sites for pk, count in staffed(site.pk, now=now).items()}
    cards = agent_cards(colleagues_of(staff))
    return {
        "agent": {**_me(staff, cards), "role": staff.role},
        "inbox": inbox_rows(agent=staff.agent, queues=staff.roles, now=now),
        "queues": [
            {**_queue(queue, queue_changed(queue, now=now), online[queue.pk]), **_place(staff, queue, agents)}
            for queue in queues
        ],
        "sites": [_site(site, now) for site in sites],
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


def _site(site: Site, now: datetime) -> dict[str, Any]:
    standing = availability_of(site, now=now).words(now)
    return {"id": site.public_key, "name": site.name, **standing}


def _queue(queue: Queue, standing: Any, online: int) -> dict[str, Any]:
    return {
        "id": queue.public_id,
        "name": queue.name,
        "site": queue.site.name,
        "waiting": standing.waiting,
        "longest_wait": standing.longest_wait,
        "online": online,
    }


def _place(staff: Staff, queue: Queue, agents: Mapping[int, list[str]]) -> dict[str, Any]:
    """What they are in a queue, which may be nothing, and who answers it."""
    return {"roles": sorted(staff.roles.get(queue.pk, ())), "agents": agents[queue.pk]}

"""A member of the team says hello: who they are, and what their console begins with."""

from collections.abc import Mapping
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from agents.badges import Badge
from support_chat.desk.access import Staff, colleagues_of, staff_of, user_of_token
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import UnknownToken
from support_chat.desk.ids import fingerprint
from support_chat.desk.inbox import inbox_rows, queue_changed
from support_chat.desk.models import Queue, User
from support_chat.desk.team import agent_card
from support_chat.live.origins import header
from support_chat.settings.chat import HEARTBEAT

_sessions = import_module(settings.SESSION_ENGINE).SessionStore


def staff_by_token(token: str) -> tuple[Staff, Badge]:
    user = user_of_token(token, "chat")
    return staff_of(user), Badge(user.pk, user.password, token=fingerprint(token))


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
    return staff_of(user), Badge(user.pk, user.password, session=cookie.value)


def topics_of(staff: Staff) -> list[str]:
    """The state topics of a console: theirs, their queues', their teams' and their sites'."""
    topics = [queue.topic for queue in Queue.objects.filter(pk__in=staff.queues).order_by("pk")]
    topics += [topic for site in staff.sites for topic in (site.team_topic, site.topic)]
    return [staff.agent.topic, *topics] if staff.agent else topics


def welcome_words(staff: Staff) -> dict[str, Any]:
    """The reply to the hello."""
    now = database_now()
    queues = Queue.objects.filter(pk__in=staff.roles).select_related("site").order_by("pk")
    return {
        "agent": {**_me(staff), "role": staff.role},
        "inbox": inbox_rows(agent=staff.agent.pk if staff.agent else None, queues=staff.queues, now=now),
        "queues": [_queue(queue, queue_changed(queue, now=now)) for queue in queues],
        "teammates": [agent_card(agent) for agent in colleagues_of(staff)],
        "heartbeat": HEARTBEAT,
        "features": [],
    }


def _me(staff: Staff) -> dict[str, Any]:
    if staff.agent is not None:
        return agent_card(staff.agent)
    idle = {"status": "offline", "cause": "not an agent", "capacity": 0, "load": 0}
    return {"id": "", "name": staff.user.name, **idle}


def _queue(queue: Queue, standing: Any) -> dict[str, Any]:
    return {
        "id": queue.public_id,
        "name": queue.name,
        "site": queue.site.name,
        "waiting": standing.waiting,
        "longest_wait": standing.longest_wait,
    }

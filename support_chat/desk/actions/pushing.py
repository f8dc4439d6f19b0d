"""Browsers that take Web Push: put on an agent's list, taken off it, written to."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from support_chat.desk.access import Staff
from support_chat.desk.actions.mailing import ask
from support_chat.desk.alerts import is_https
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed
from support_chat.desk.ids import fingerprint
from support_chat.desk.letters.kinds import ALERT_PUSH
from support_chat.desk.locks import lock_agents
from support_chat.desk.models import Agent, PushSubscription, Site
from support_chat.desk.push_keys import check_keys
from support_chat.desk.telling import Telling
from support_chat.settings.chat import BROWSERS_PUSHED, PUSH_TESTS

_LONGEST: Final = 1_000  # of an endpoint


def subscribe(
    *, staff: Staff, session: str, endpoint: str, p256dh: str, auth: str, language: str = ""
) -> PushSubscription:
    """This browser takes pushes for this agent from now on, and for nobody else, until whoever is signed in
    there by this session signs out. `language`: that of its pages. ValidationError for an address or keys of
    no push service."""
    agent = _agent(staff)
    if len(endpoint) > _LONGEST or not is_https(endpoint):
        raise ValidationError({"endpoint": [gettext("This is the address of no push service.")]})
    try:
        check_keys(p256dh, auth)
    except ValueError as wrong:
        raise ValidationError({"p256dh": [gettext("These are the keys of no browser.")]}) from wrong
    with Telling():
        lock_agents([agent.pk])
        kept = {"agent": agent, "endpoint": endpoint, "p256dh": p256dh, "auth": auth}
        kept |= {"session": fingerprint(session), "password": fingerprint(agent.user.password)}
        kept |= {"language": language, "made_at": database_now()}
        row, _ = PushSubscription.objects.update_or_create(digest=fingerprint(endpoint), defaults=kept)
        older = agent.pushes.order_by("-made_at", "-pk").values_list("pk", flat=True)[BROWSERS_PUSHED:]
        PushSubscription.objects.filter(pk__in=list(older)).delete()
    return row


def unsubscribe(*, staff: Staff, endpoint: str) -> None:
    """This browser takes none any more."""
    _agent(staff).pushes.filter(digest=fingerprint(endpoint)).delete()


def forget_browser(*, session: str) -> None:
    """Whoever was signed in there by this session is not any more."""
    PushSubscription.objects.filter(session=fingerprint(session)).delete()


def push_to(
    agent: Agent,
    site: Site,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    kind: str = ALERT_PUSH,
    **asked: Any,
) -> int:
    """A push to each browser of this agent, in the transaction of whatever asks for it. Returns how many."""
    browsers = list(agent.pushes.all())
    for browser in browsers:
        to = {"browser": browser.pk, "agent": agent.public_id}
        ask(site, kind, browser.endpoint, {**payload, **to}, now, **asked)
    return len(browsers)


def push_test(*, staff: Staff, site: Site) -> int:
    """One to oneself, to see that it comes; 0 when no browser takes any. ValidationError after too many."""
    agent = staff.agent
    if agent is None:
        return 0
    with Telling():
        lock_agents([agent.pk])
        now = database_now()
        lately = site.outbox.filter(source=agent.public_id, made_at__gt=now - timedelta(hours=1))
        if lately.filter(kind=ALERT_PUSH).count() >= PUSH_TESTS:
            raise ValidationError(gettext("That were many tests. Please wait an hour."))
        return push_to(agent, site, {"test": True}, now, source=agent.public_id)


def _agent(staff: Staff) -> Agent:
    if staff.agent is None:
        raise NotAllowed
    return staff.agent

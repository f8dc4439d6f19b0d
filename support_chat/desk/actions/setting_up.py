"""Making a site: its queues, its people, its canned replies."""

from collections.abc import Iterable, Sequence

from support_chat.desk.models import Agent, AgentProfile, CannedReply, Membership, Queue, Site, User
from support_chat.desk.validators import valid_language, valid_zone


def make_site(
    *, name: str, time_zone: str, locale: str = "", origins: Sequence[str] = (), is_demo: bool = False
) -> Site:
    """A website whose visitors we talk with; its pages may show the panel from `origins`. ValidationError
    when there is no such time zone or language."""
    valid_zone(time_zone)
    valid_language(locale)
    return Site.objects.create(
        name=name, time_zone=time_zone, locale=locale, allowed_origins=list(origins), is_demo=is_demo
    )


def make_queue(*, site: Site, name: str, is_default: bool = False) -> Queue:
    return Queue.objects.create(site=site, name=name, is_default=is_default)


def hire_agent(
    *,
    site: Site,
    queues: Iterable[Queue],
    username: str,
    first_name: str,
    last_name: str,
    picture: str = "",
    supervises: bool = False,
) -> Agent:
    """Somebody who answers these queues, or answers and watches over them; visitors know them by their first
    name. Has no password yet."""
    role = Membership.Role.SUPERVISOR if supervises else Membership.Role.AGENT
    agent = Agent.objects.create(user=_user(username, first_name, last_name))
    AgentProfile.objects.create(agent=agent, site=site, public_name=first_name, picture=picture)
    Membership.objects.bulk_create(
        Membership(user=agent.user, site=site, queue=queue, role=role) for queue in queues
    )
    return agent


def hire_manager(*, site: Site, username: str, first_name: str, last_name: str) -> User:
    """Somebody who reads everything of a site and answers nothing."""
    user = _user(username, first_name, last_name)
    Membership.objects.create(user=user, site=site, role=Membership.Role.MANAGER)
    return user


def _user(username: str, first_name: str, last_name: str) -> User:
    user = User(username=username, first_name=first_name, last_name=last_name)
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


def add_canned_replies(replies: Iterable[CannedReply]) -> None:
    CannedReply.objects.bulk_create(replies)

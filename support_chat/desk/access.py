"""The only doors to a row on somebody's behalf: finding is permission.

What is foreign, unknown or forbidden to know is one answer, NotFound. What somebody may know of and
still not do is NotAllowed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q, QuerySet

from support_chat.desk.errors import NotAllowed, NotFound, UnknownSite, UnknownToken
from support_chat.desk.ids import fingerprint
from support_chat.desk.lines import Author
from support_chat.desk.models import (
    Agent,
    ApiToken,
    CannedReply,
    Conversation,
    Membership,
    Queue,
    Site,
    User,
    Visitor,
)

Role = Membership.Role
_RANK: Final = [Role.AGENT, Role.SUPERVISOR, Role.MANAGER, Role.OWNER]

# role → how the chat stands to them → what they may do. `mine` holds for whoever owns the chat.
_WORK: Final = frozenset({"read", "note", "post", "close", "accept", "reopen"})
_MAY: Final[dict[str, dict[str, frozenset[str]]]] = {
    Role.AGENT: {
        "waiting": frozenset({"read", "note", "accept"}),
        "colleague": frozenset({"read", "note"}),
        "closed": frozenset({"read", "note", "reopen", "close"}),
    },
    Role.SUPERVISOR: {
        "waiting": frozenset({"read", "note", "accept", "close"}),
        "colleague": frozenset({"read", "note", "close"}),
        "closed": frozenset({"read", "note", "reopen", "close"}),
    },
    Role.MANAGER: {each: frozenset({"read", "export"}) for each in ("waiting", "colleague", "closed")},
}
_MAY[Role.OWNER] = _MAY[Role.MANAGER]


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the team, with what they may do where: read once, when they come."""

    user: User
    agent: Agent | None
    roles: dict[int, frozenset[str]] = field(default_factory=dict)  # queue pk → roles there
    managed: frozenset[int] = frozenset()  # sites' pks
    sites: tuple[Site, ...] = ()

    @property
    def queues(self) -> list[int]:
        """The queues they answer: pks."""
        return [pk for pk, roles in self.roles.items() if roles & {Role.AGENT, Role.SUPERVISOR}]

    @property
    def role(self) -> str:
        """Their highest role anywhere, for showing."""
        held = frozenset().union(*self.roles.values())
        return max(held, key=lambda role: _RANK.index(Role(role)), default=Role.AGENT)


def staff_of(user: User) -> Staff:
    """What this user may do. NotAllowed when they are deactivated or belong to no site."""
    memberships = list(user.memberships.select_related("site"))
    if not user.is_active or not memberships:
        raise NotAllowed
    roles: dict[int, frozenset[str]] = {}
    for queue in Queue.objects.filter(site__in={each.site_id for each in memberships}):
        held = {
            each.role
            for each in memberships
            if each.site_id == queue.site_id and each.queue_id in (None, queue.pk)
        }
        if held:
            roles[queue.pk] = frozenset(held)
    managed = {
        each.site_id
        for each in memberships
        if each.queue_id is None and each.role in (Role.MANAGER, Role.OWNER)
    }
    sites = {each.site_id: each.site for each in memberships}
    agent = Agent.objects.filter(user=user).select_related("user").first()
    return Staff(user=user, agent=agent, roles=roles, managed=frozenset(managed), sites=tuple(sites.values()))


def user_of_token(token: str, scope: str) -> User:
    """The user a program acts for. UnknownToken when it is wrong, revoked or not for this."""
    found = ApiToken.objects.filter(sha256=fingerprint(token), revoked_at=None).select_related("user").first()
    if found is None or scope not in found.scopes:
        raise UnknownToken
    return found.user


def site_by_key(key: str) -> Site:
    try:
        return Site.objects.get(public_key=key)
    except Site.DoesNotExist:
        raise UnknownSite from None


def visitor_by_token(site: str, token: str) -> Visitor:
    """Whoever holds this secret, of the site with this key."""
    visitor = Visitor.objects.select_related("site").filter(token_sha256=fingerprint(token)).first()
    if visitor is not None and visitor.site.public_key == site:
        return visitor
    site_by_key(site)  # an unknown site is told before an unknown token
    raise UnknownToken


def visitor_by_bearer(token: str | None) -> Visitor:
    """Whoever holds this secret, of whichever site."""
    try:
        return Visitor.objects.select_related("site").get(token_sha256=fingerprint(token or ""))
    except Visitor.DoesNotExist:
        raise UnknownToken from None


def conversation_for_visitor(visitor: Visitor, public_id: str) -> Conversation:
    try:
        return visitor.conversations.select_related("site", "owner", "queue").get(public_id=public_id)
    except Conversation.DoesNotExist:
        raise NotFound from None


def conversation_for_staff(staff: Staff, public_id: str, doing: str = "read") -> Conversation:
    """NotFound where they may not even read it; NotAllowed where they may, and not do this."""
    rows = Conversation.objects.select_related("site", "owner__user", "queue", "visitor")
    try:
        conversation = rows.get(public_id=public_id)
    except Conversation.DoesNotExist:
        raise NotFound from None
    permit(staff, conversation, doing)
    return conversation


def conversations_for_visitor(visitor: Visitor, public_ids: Collection[str]) -> list[Conversation]:
    """Those of these that are theirs."""
    rows = visitor.conversations.select_related("site", "queue").filter(public_id__in=public_ids)
    return list(rows.order_by("pk"))


def conversations_for_staff(
    staff: Staff, public_ids: Collection[str], visitors: Collection[str] = ()
) -> list[Conversation]:
    """Those of these that they may read; and of these visitors, by public id, the open ones."""
    theirs = ~Q(state=Conversation.State.CLOSED) & Q(visitor__public_id__in=visitors)
    rows = Conversation.objects.select_related("visitor").filter(Q(public_id__in=public_ids) | theirs)
    return [row for row in rows.order_by("pk") if "read" in _allowed(staff, row)]


def permit(staff: Staff, conversation: Conversation, doing: str) -> None:
    """The one policy: may they do this to this conversation, as it stands?"""
    allowed = _allowed(staff, conversation)
    if "read" not in allowed:
        raise NotFound
    if doing not in allowed:
        raise NotAllowed


def _allowed(staff: Staff, conversation: Conversation) -> frozenset[str]:
    roles = staff.roles.get(conversation.queue_id, frozenset())
    standing = {"queued": "waiting", "active": "colleague", "closed": "closed"}[conversation.state]
    allowed: frozenset[str] = frozenset().union(*(_MAY[role][standing] for role in roles))
    if staff.agent is not None and conversation.owner_id == staff.agent.pk:
        return allowed | _WORK
    return allowed


def author_for(agent: Agent, site: Site) -> Author:
    """An agent as they write on this site: their name for colleagues, their public one for visitors."""
    public = agent.profiles.filter(site=site).values_list("public_name", flat=True).first()
    name = agent.user.name
    return Author(role="agent", id=agent.public_id, name=name, public_name=public or name.split()[0])


def author_of(visitor: Visitor) -> Author:
    return Author(role="visitor", id=visitor.public_id, name=visitor.name)


def queues_to_export(staff: Staff) -> list[int]:
    """The queues whose transcripts they may take away: pks."""
    may = {role for role, standings in _MAY.items() if "export" in standings["closed"]}
    return [pk for pk, roles in staff.roles.items() if roles & may]


def chats_to_export(staff: Staff) -> QuerySet[Conversation]:
    """The closed chats whose transcripts they may find, read and take away."""
    sites = [site.pk for site in staff.sites]  # named for the index: newest first by site
    queues = queues_to_export(staff)
    return Conversation.objects.filter(site__in=sites, queue__in=queues, state=Conversation.State.CLOSED)


def sites_managed_by(user: User) -> QuerySet[Site]:
    """The sites whose transcripts and reports are theirs to read and export."""
    return Site.objects.filter(
        memberships__user=user, memberships__queue=None, memberships__role__in=[Role.MANAGER, Role.OWNER]
    ).distinct()


def canned_replies_for(staff: Staff) -> QuerySet[CannedReply]:
    """Replies of their sites: for every queue, and for the queues they answer."""
    rows = CannedReply.objects.filter(site__in=staff.sites).select_related("queue")
    return (rows.filter(queue=None) | rows.filter(queue__in=staff.queues)).order_by("shortcut")


def colleagues_of(staff: Staff) -> Iterable[Agent]:
    """The agents of their sites, themselves among them."""
    return (
        Agent.objects.filter(user__memberships__site__in=staff.sites, user__is_active=True)
        .select_related("user")
        .distinct()
        .order_by("pk")
    )

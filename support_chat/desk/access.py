"""The only doors to a row on somebody's behalf: finding is permission.

What is foreign, unknown or forbidden to know is one answer, NotFound. What somebody may know of and
still not do is NotAllowed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from support_chat.desk.errors import NotAllowed, NotFound, UnknownSite, UnknownToken
from support_chat.desk.ids import SESSION, fingerprint
from support_chat.desk.lines import Author
from support_chat.desk.models import (
    Agent,
    ApiToken,
    Attachment,
    Conversation,
    Membership,
    Queue,
    Site,
    User,
    Visitor,
    VisitorKey,
    VisitorSession,
)
from support_chat.desk.rights import BESIDE, MAY, WORK
from support_chat.live.refusals import Refused

Role = Membership.Role
Place = tuple[int, int | None, str]  # site, queue or all of them, role
_RANK: Final = [Role.AGENT, Role.SUPERVISOR, Role.MANAGER, Role.OWNER]


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the team, with what they may do where: read once, when they come."""

    user: User
    agent: Agent | None
    roles: dict[int, frozenset[str]] = field(default_factory=dict)  # queue pk → roles there
    managed: frozenset[int] = frozenset()  # sites' pks
    supervised: frozenset[int] = frozenset()  # the same: whose visitors they may speak to all at once
    sites: tuple[Site, ...] = ()
    watched: tuple[Queue, ...] = ()  # the queues in which they are anything
    places: frozenset[Place] = frozenset()

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
    watched: list[Queue] = []
    for queue in Queue.objects.filter(site__in={each.site_id for each in memberships}).order_by("pk"):
        held = {
            each.role
            for each in memberships
            if each.site_id == queue.site_id and each.queue_id in (None, queue.pk)
        }
        if held:
            roles[queue.pk] = frozenset(held)
            watched.append(queue)
    managed = _sites_as(memberships, Role.MANAGER, Role.OWNER)
    supervised = managed | _sites_as(memberships, Role.SUPERVISOR)
    sites = {each.site_id: each.site for each in memberships}
    agent = Agent.objects.filter(user=user).select_related("user").first()
    return Staff(
        user=user,
        agent=agent,
        roles=roles,
        managed=managed,
        supervised=supervised,
        sites=tuple(sites.values()),
        watched=tuple(watched),
        places=frozenset((each.site_id, each.queue_id, each.role) for each in memberships),
    )


def places_of(users: Collection[int]) -> dict[int, frozenset[Place]]:
    """By user: their places on the team now."""
    places: dict[int, set[Place]] = {user: set() for user in users}
    rows = Membership.objects.filter(user__in=users)
    for user, site, queue, role in rows.values_list("user", "site", "queue", "role"):
        places[user].add((site, queue, role))
    return {user: frozenset(each) for user, each in places.items()}


def _sites_as(memberships: Iterable[Membership], *roles: Role) -> frozenset[int]:
    """The sites where they have one of these roles for all of it."""
    return frozenset(each.site_id for each in memberships if each.queue_id is None and each.role in roles)


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


def visitors_by_token(claims: Sequence[tuple[str, str]]) -> list[Visitor | Refused]:
    """Of each site's key and secret, whoever holds it there; UnknownSite or UnknownToken."""
    holders = holders_of([token for _, token in claims])
    return [_of_site(site, holders.get(fingerprint(token))) for site, token in claims]


def holders_of(tokens: Sequence[str]) -> dict[str, Visitor]:
    """By their fingerprints, whom these secrets open: a visitor's own, those of their other devices, and of
    their sessions."""
    own = [fingerprint(token) for token in tokens if not token.startswith(SESSION)]
    rows = Visitor.objects.select_related("site").filter(token_sha256__in=own) if own else ()
    holders = {visitor.token_sha256: visitor for visitor in rows}
    holders |= _by_other_keys([each for each in own if each not in holders])
    others = [fingerprint(token) for token in tokens if token.startswith(SESSION)]
    return holders | _in_sessions(others) if others else holders


def _by_other_keys(prints: Collection[str]) -> dict[str, Visitor]:
    """Those who came back by a link have another secret on that device."""
    if not prints:
        return {}
    keys = VisitorKey.objects.filter(sha256__in=prints).select_related("visitor__site")
    return {key.sha256: key.visitor for key in keys}


def _in_sessions(prints: Sequence[str]) -> dict[str, Visitor]:
    good = VisitorSession.objects.filter(ended_at=None, expires_at__gt=Now(), key__revoked_at=None)
    rows = good.filter(sha256__in=prints).select_related("visitor__site")
    return {session.sha256: session.visitor for session in rows}


def _of_site(site: str, visitor: Visitor | None) -> Visitor | Refused:
    if visitor is not None and visitor.site.public_key == site:
        return visitor
    try:
        site_by_key(site)  # an unknown site is told before an unknown token
    except UnknownSite as refusal:
        return refusal
    return UnknownToken()


def visitor_by_bearer(token: str | None) -> Visitor:
    """Whoever holds this secret, of whichever site."""
    visitor = holders_of([token]).get(fingerprint(token)) if token else None
    if visitor is None:
        raise UnknownToken
    return visitor


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


def newest_chats(visitors: Iterable[Visitor]) -> dict[int, Conversation]:
    """visitor pk → their open chat; without one, the newest of the closed."""
    theirs = Conversation.objects.filter(visitor=OuterRef("pk"))
    newest = theirs.order_by(F("closed_at").desc(nulls_first=True), "-pk").values("pk")[:1]
    keys = Visitor.objects.filter(pk__in=[each.pk for each in visitors]).values_list(Subquery(newest))
    rows = Conversation.objects.filter(pk__in=keys).select_related("site", "queue")
    return {row.visitor_id: row for row in rows}


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
    standing = {"queued": "waiting", "active": "colleague", "closed": "closed"}[conversation.state]
    allowed = _allowed_in(staff, conversation.queue_id, standing)
    if conversation.wanted_queue_id is not None:  # it waits there while its agent keeps it
        allowed |= _allowed_in(staff, conversation.wanted_queue_id, "waiting")
    if staff.agent is not None and conversation.offered_to_id == staff.agent.pk:
        allowed |= MAY[Role.AGENT]["waiting"]
    if staff.agent is not None and conversation.owner_id == staff.agent.pk:
        allowed |= WORK
    elif staff.agent is not None and conversation.site_id in {site.pk for site in staff.sites}:
        allowed |= BESIDE.get(conversation.participants.get(staff.agent.public_id, ""), frozenset())
    return allowed


def _allowed_in(staff: Staff, queue: int, standing: str) -> frozenset[str]:
    roles = staff.roles.get(queue, frozenset())
    return frozenset().union(*(MAY[role][standing] for role in roles))


def agents_who_read(row: Conversation) -> QuerySet[Agent]:
    """The agents who may read this chat, by the policy above: whoever has a place in its queue, or in the one
    that it is wanted in, and who is beside its owner."""
    queues = Q(user__memberships__queue=None) | Q(
        user__memberships__queue__in=[row.queue_id, row.wanted_queue_id or row.queue_id]
    )
    placed = Q(user__memberships__site=row.site_id) & queues
    beside = [each for each, standing in row.participants.items() if standing in BESIDE]
    own = Q(pk__in=[row.owner_id, row.offered_to_id]) | Q(public_id__in=beside)
    return Agent.objects.filter(placed | own, user__is_active=True).select_related("user").distinct()


def author_for(agent: Agent, site: Site) -> Author:
    """An agent as they write on this site: their name for colleagues, their public one for visitors."""
    public = agent.profiles.filter(site=site).values_list("public_name", flat=True).first()
    name = agent.user.name
    return Author(role="agent", id=agent.public_id, name=name, public_name=public or name.split()[0])


def author_of(visitor: Visitor) -> Author:
    return Author(role="visitor", id=visitor.public_id, name=visitor.called)


def overseen_by(staff: Staff) -> list[int]:
    """The queues that they watch over: pks."""
    watch = {Role.SUPERVISOR, Role.MANAGER, Role.OWNER}
    return [pk for pk, roles in staff.roles.items() if roles & watch]


def queues_to_export(staff: Staff) -> list[int]:
    """The queues whose transcripts they may take away: pks."""
    may = {role for role, standings in MAY.items() if "export" in standings["closed"]}
    return [pk for pk, roles in staff.roles.items() if roles & may]


def chats_to_export(staff: Staff) -> QuerySet[Conversation]:
    """The closed chats whose transcripts they may find, read and take away."""
    sites = [site.pk for site in staff.sites]  # named for the index: newest first by site
    queues = queues_to_export(staff)
    return Conversation.objects.filter(site__in=sites, queue__in=queues, state=Conversation.State.CLOSED)


def site_to_supervise(staff: Staff, key: str) -> Site:
    """A site whose visitors they may tell something."""
    return _site_among(staff, key, staff.supervised)


def site_to_manage(staff: Staff, key: str) -> Site:
    """A site whose settings are theirs."""
    return _site_among(staff, key, staff.managed)


def _site_among(staff: Staff, key: str, allowed: Collection[int]) -> Site:
    site = next((each for each in staff.sites if each.public_key == key), None)
    if site is None:
        raise NotFound
    if site.pk not in allowed:
        raise NotAllowed
    return site


def queue_to_manage(staff: Staff, public_id: str) -> Queue:
    """A queue whose settings are theirs."""
    queue = Queue.objects.filter(public_id=public_id, site__in=staff.sites).first()
    if queue is None:
        raise NotFound
    if queue.site_id not in staff.managed:
        raise NotAllowed
    return queue


def agents_to_manage(staff: Staff) -> QuerySet[Agent]:
    """Who answers chats of the sites that they manage."""
    answers = Q(user__memberships__role__in=[Role.AGENT, Role.SUPERVISOR])
    theirs = Agent.objects.filter(answers, user__memberships__site__in=staff.managed, user__is_active=True)
    return theirs.select_related("user").distinct().order_by("user__first_name", "user__username")


def agent_to_manage(staff: Staff, public_id: str) -> Agent:
    """An agent of theirs, whose work is theirs to arrange."""
    agent = agents_to_manage(staff).filter(public_id=public_id).first()
    if agent is None:
        raise NotFound
    return agent


def colleagues_of(staff: Staff) -> QuerySet[Agent]:
    """The agents of their sites, themselves among them."""
    theirs = Agent.objects.filter(user__memberships__site__in=staff.sites, user__is_active=True)
    return theirs.distinct().order_by("pk")


def attachment_for_visitor(visitor: Visitor, public_id: str) -> Attachment:
    """Of their own chats, what stands in the log; and what they uploaded and have not sent yet."""
    row = _attachment(public_id)
    if row.entry is None and _is_by(row, author_of(visitor)):
        return row
    chat, entry = row.conversation, row.entry
    if entry is None or chat is None or chat.visitor_id != visitor.pk or not entry.shown:
        raise NotFound
    return row


def attachment_for_staff(staff: Staff, public_id: str) -> Attachment:
    """Of the chats that they may read; and what they uploaded and have not sent yet."""
    row = _attachment(public_id)
    agent = staff.agent
    if row.entry is None and agent is not None and _is_by(row, Author(role="agent", id=agent.public_id)):
        return row
    if row.entry is None or row.conversation is None:
        raise NotFound
    permit(staff, row.conversation, "read")
    return row


def _attachment(public_id: str) -> Attachment:
    """One that is checked and not taken back. An entry that says nothing any more has no files either."""
    rows = Attachment.objects.select_related("conversation", "entry__body")
    row = rows.filter(public_id=public_id, state=Attachment.State.READY).first()
    if row is None or (row.entry is not None and not row.entry.body.text):
        raise NotFound
    return row


def _is_by(row: Attachment, author: Author) -> bool:
    return (row.uploader_role, row.uploader_id) == (author.role, author.id)

"""The doors to canned replies and macros: shared ones of a site or queue, and each agent's own."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from support_chat.desk.access import Staff
from support_chat.desk.errors import NotFound
from support_chat.desk.models import Agent, CannedReply, Macro, Membership, ReplyFile, Site


def canned_replies_for(staff: Staff) -> QuerySet[CannedReply]:
    """What they may send: of their sites for every queue, and for the queues they answer; and their own."""
    shared = Q(owner=None) & (Q(queue=None) | Q(queue__in=staff.queues))
    rows = CannedReply.objects.filter(site__in=staff.sites, deleted_at=None).select_related("queue", "site")
    return rows.filter(shared | _own(staff)).order_by("shortcut", "locale", "pk")


def canned_replies_to_arrange(staff: Staff) -> QuerySet[CannedReply]:
    """What is theirs to change, also what is deleted: all of the sites that they manage, and their own."""
    rows = CannedReply.objects.filter(Q(site__in=staff.managed) | _own(staff))
    rows = rows.filter(site__in=staff.sites).select_related("queue", "site", "owner__user")
    return rows.order_by("folder", "shortcut", "locale", "pk")


def canned_reply_to_arrange(staff: Staff, public_id: str, *, deleted: bool = False) -> CannedReply:
    row = canned_replies_to_arrange(staff).filter(public_id=public_id, deleted_at__isnull=not deleted).first()
    if row is None:
        raise NotFound
    return row


def reply_file_for(staff: Staff, reply: str, file: str) -> ReplyFile:
    """A file of a reply that they may send, or arrange."""
    known = canned_replies_for(staff).filter(public_id=reply).exists()
    if not known:
        canned_reply_to_arrange(staff, reply)
    row = ReplyFile.objects.filter(reply__public_id=reply, public_id=file).first()
    if row is None:
        raise NotFound
    return row


def macros_for(staff: Staff) -> QuerySet[Macro]:
    """What they may run in chats of these sites."""
    rows = Macro.objects.filter(site__in=staff.sites, deleted_at=None).select_related("site")
    return rows.filter(Q(owner=None) | _own(staff)).order_by("name", "pk")


def macros_to_arrange(staff: Staff) -> QuerySet[Macro]:
    """The same as with canned replies."""
    rows = Macro.objects.filter(Q(site__in=staff.managed) | _own(staff), site__in=staff.sites)
    return rows.select_related("site", "owner__user").order_by("name", "pk")


def macro_to_arrange(staff: Staff, public_id: str, *, deleted: bool = False) -> Macro:
    row = macros_to_arrange(staff).filter(public_id=public_id, deleted_at__isnull=not deleted).first()
    if row is None:
        raise NotFound
    return row


def agents_to_hand_to(site: Site) -> QuerySet[Agent]:
    """To whom a macro may hand a chat of this site over: who answers its chats, by name."""
    roles = [Membership.Role.AGENT, Membership.Role.SUPERVISOR]
    answers = Membership.objects.filter(site=site, role__in=roles).values("user")
    rows = Agent.objects.filter(user__in=answers, user__is_active=True).select_related("user")
    return rows.order_by("user__first_name", "user__last_name", "pk")


def sites_to_write_for(staff: Staff) -> list[Site]:
    """The sites in whose library they may put something: shared, or their own."""
    theirs: Collection[Any] = {site.pk for site in staff.sites} if staff.agent else staff.managed
    return sorted((site for site in staff.sites if site.pk in theirs), key=lambda site: site.name)


def site_to_write_for(staff: Staff, key: str) -> Site:
    site = next((each for each in sites_to_write_for(staff) if each.public_key == key), None)
    if site is None:
        raise NotFound
    return site


def _own(staff: Staff) -> Q:
    return Q(owner=staff.agent.pk) if staff.agent else Q(pk__in=())

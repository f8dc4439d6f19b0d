"""An agent invites a visitor on the site to a chat; what they make of it."""

from datetime import datetime
from typing import Any

from support_chat.desk.access import Staff
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed, NotFound, Unavailable
from support_chat.desk.events import InvitationChanged
from support_chat.desk.masking import masked
from support_chat.desk.models import Agent, Conversation, Invitation, Visitor
from support_chat.desk.on_site import (
    barred,
    invitation_told,
    invited_lately,
    open_invitations,
    tell_on_site,
    visitor_on_site,
)
from support_chat.desk.site_masks import masks_for
from support_chat.desk.telling import Telling


def invite_visitor(*, staff: Staff, visitor: str, text: str) -> Invitation:
    """Ask somebody on the site whether they have a question. Asking the same once more is done.

    NotFound where they are not there any more, or chat already; NotAllowed by the rules of the site;
    Unavailable while the agent takes no chats.
    """
    found = visitor_on_site(staff, visitor)
    agent = _who_answers(staff, found)
    with Telling() as telling:
        Visitor.objects.select_for_update(no_key=True).get(pk=found.pk)  # and no chat begins meanwhile
        row, now = visitor_on_site(staff, visitor), database_now()
        said = masked(text.strip(), masks_for(row.site_id))
        lately = invited_lately([row.pk], now).get(row.pk)
        if lately is not None and _is_same(lately, agent, said):
            return lately
        if barred(row, lately):
            raise NotAllowed
        invitation = Invitation.objects.create(visitor=row, agent=agent, text=said, made_at=now)
        _tell(telling, row, invitation)
    return invitation


def decline_invitation(*, visitor: Visitor, invitation: str) -> None:
    """They say no, and are not asked again for a day. Declining what is over is done; NotFound."""
    with Telling() as telling:
        row = Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)
        known = row.invitations.filter(public_id=invitation).first()
        if known is None:
            raise NotFound
        if known.state == Invitation.State.OPEN:
            known.state, known.ended_at = Invitation.State.DECLINED, database_now()
            known.save(update_fields=["state", "ended_at"])
            _tell(telling, visitor, None)


def answer_invitation(
    telling: Telling, visitor: Visitor, conversation: Conversation, now: datetime
) -> dict[str, Any]:
    """The chat that they begin, or go on with, is their answer to whoever asked: what its log says of it; {}
    where nobody did. The transaction holds the visitor."""
    known = open_invitations([visitor.pk], now).get(visitor.pk)
    if known is None:
        return {}
    Invitation.objects.filter(conversation=conversation).update(conversation=None)  # one that is long over
    known.state, known.ended_at, known.conversation = Invitation.State.ANSWERED, now, conversation
    known.save(update_fields=["state", "ended_at", "conversation"])
    telling.state(visitor.topic, {"visitor": (InvitationChanged(invitation=None),)})
    by = {"id": known.agent.public_id, "name": known.agent.user.name}
    return {"invitation": {"by": by, "text": known.text}}


def _who_answers(staff: Staff, visitor: Visitor) -> Agent:
    """The agent, where they take the chats of this site."""
    queues = visitor.site.queues.filter(pk__in=staff.queues)
    if staff.agent is None or not queues.exists():
        raise NotAllowed
    agent = Agent.objects.select_related("user").get(pk=staff.agent.pk)
    if agent.status != Agent.Status.ONLINE:
        raise Unavailable
    return agent


def _is_same(lately: Invitation, agent: Agent, text: str) -> bool:
    return lately.state == Invitation.State.OPEN and (lately.agent_id, lately.text) == (agent.pk, text)


def _tell(telling: Telling, visitor: Visitor, invitation: Invitation | None) -> None:
    """All of their windows, and whoever has the list open."""
    said = InvitationChanged(invitation=invitation_told(invitation))
    telling.state(visitor.topic, {"visitor": (said,)})
    tell_on_site(telling, [visitor.site])

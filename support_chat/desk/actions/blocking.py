"""Who may not write to a site for a while: decided from a chat, lifted by managers, all on the record."""

from uuid import UUID

from django.db.models import QuerySet

from support_chat.desk.access import Staff, author_for, permit, site_to_manage
from support_chat.desk.blocks import FOR_GOOD, LASTS, hit_by, last_end, value_of
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.lines import Author, Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Block, Visitor
from support_chat.desk.once import asked, earlier
from support_chat.desk.telling import Telling
from support_chat.live.refusals import BadField


def block_visitor(*, staff: Staff, conversation: int, client_id: UUID, by: str, lasts: str) -> int:
    """Whoever wrote this chat writes nothing to this site until then: by visitor, by the identity that their
    website has signed, or for an hour by network address, with whoever else comes from there. NotAllowed:
    there is nothing to go by. Returns the position."""
    if staff.agent is None:
        raise NotAllowed
    if by == Block.By.ADDRESS and lasts != "hour":
        raise BadField("lasts")
    with Telling() as telling:
        visitor = Visitor.objects.select_related("site").get(conversations=conversation)
        _hold(hit_by(visitor.site, by, value_of(visitor, by)))
        row, now = lock_conversation(conversation)
        author, request = author_for(staff.agent, row.site), asked("block_visitor", by, lasts)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "block")
        value, until = value_of(row.visitor, by), now + LASTS[lasts] if lasts in LASTS else FOR_GOOD
        if not value:
            raise NotAllowed
        Block.objects.create(
            site=row.site, by=by, value=value, conversation=row, agent=staff.agent, at=now, until=until
        )
        hit = hit_by(row.site, by, value)
        hit.filter(blocked_until=None).update(blocked_until=until)
        hit.filter(blocked_until__lt=until).update(blocked_until=until)
        draft = Draft(conversation=row, kind="blocked", author=author, body={"blocks": by, "lasts": lasts})
        draft.client_id, draft.asked = client_id, request
        entry = append(telling, [draft], now=now)[0]
    return entry.position


def _hold(hit: QuerySet[Visitor]) -> None:
    """Whom it hits, before the chat, as everybody holds them who writes."""
    list(hit.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def lift_block(*, staff: Staff, site: str, block: int) -> None:
    """They may write again, unless another block hits them. Lifting what is over is done. NotFound: of no
    such site, or none of it; NotAllowed: not theirs to manage."""
    row = Block.objects.filter(pk=block, site=site_to_manage(staff, site)).select_related("site").first()
    if row is None:
        raise NotFound
    with Telling() as telling:
        _hold(hit_by(row.site, row.by, row.value))
        chat, now = lock_conversation(row.conversation_id)
        held = Block.objects.select_for_update(no_key=True).get(pk=row.pk)
        if held.lifted_at is not None or held.until <= now:
            return
        held.lifted_at, held.lifted_by = now, staff.user.name
        held.save(update_fields=["lifted_at", "lifted_by"])
        for visitor in hit_by(row.site, row.by, row.value).filter(blocked_until__gt=now):
            visitor.blocked_until = last_end(visitor, now)
            visitor.save(update_fields=["blocked_until"])
        author = (
            author_for(staff.agent, row.site) if staff.agent else Author(role="agent", name=staff.user.name)
        )
        append(
            telling, [Draft(conversation=chat, kind="blocked", author=author, body={"lifted": True})], now=now
        )

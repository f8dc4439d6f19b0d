"""A website has signed who its visitor is: from now on this browser is theirs.

Whom the browser was until now decides what becomes of their chats:

- Nobody, or somebody with another identity: nothing of theirs is touched. An identity never takes over what
  belongs to another one.
- Somebody without an identity, and nobody here has this one yet: they are the same person from now on.
- Somebody without an identity, and somebody here has it: both are one person. Whose chat is open, or in front
  of them here where both have one, stays; the chats of the other come to it, and an open one among them ends.

What the browser came with opens nothing any more: whoever planted it learns nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final

from django.db import IntegrityError
from django.db.models import Q

from support_chat.desk.access import holders_of
from support_chat.desk.actions.conversations import close
from support_chat.desk.actions.visitor_sessions import end_sessions, open_session, retire_token
from support_chat.desk.actions.visitors import carry_block, make_visitor
from support_chat.desk.attributes import hidden
from support_chat.desk.card_free import holds_card
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import BadIdentity
from support_chat.desk.events import ComeAgain
from support_chat.desk.identity import Identity, identity_in
from support_chat.desk.ids import fingerprint
from support_chat.desk.inbox import ROW_NEEDS, tell_rows
from support_chat.desk.lines import SYSTEM
from support_chat.desk.locks import lock_conversation
from support_chat.desk.masking import masked
from support_chat.desk.masks import Masks
from support_chat.desk.models import (
    ChatLink,
    Conversation,
    Invitation,
    Site,
    Visitor,
    VisitorKey,
    VisitorMerge,
    VisitorSession,
)
from support_chat.desk.site_masks import masks_for
from support_chat.desk.telling import Telling
from support_chat.desk.who import tell_who
from support_chat.settings.chat import SESSION_LASTS, SESSIONS, TRAIL

ANOTHER: Final = "goes on in another chat"  # the cause of a close


def identify(
    *, site: Site, identity: str, token: str | None = None, page: str = "", locale: str = ""
) -> tuple[Visitor, str | None]:
    """Whom this signed identity is about, and the secret of their session in this browser, told once; None
    where the session goes on that `token` is of. BadIdentity."""
    known = _masked(identity_in(identity, site, now=database_now()), masks_for(site.pk))
    going_on = _goes_on(site, known, token)
    if going_on is not None:
        return going_on, None
    try:
        return _signed_in(site, known, token, page, locale)
    except IntegrityError:  # their other browser was a moment earlier: by now they are known
        return _signed_in(site, known, token, page, locale)


def _masked(identity: Identity, masks: Masks) -> Identity:
    """As it may be kept. The subject stays: masked, two people would be one."""
    return replace(
        identity,
        name=masked(identity.name, masks),
        email="" if holds_card(identity.email) else identity.email,
        attributes=hidden(identity.attributes, masks),
    )


def _goes_on(site: Site, identity: Identity, token: str | None) -> Visitor | None:
    """With each page comes an identity: mostly there is nothing to write down."""
    visitor = _holder(site, token)
    if visitor is None or visitor.subject != identity.subject:
        return None
    if any(getattr(visitor, name) != value for name, value in identity.kept.items()):
        return None
    late = database_now() + timedelta(seconds=SESSION_LASTS / 2)
    sessions = visitor.sessions.filter(sha256=fingerprint(token or ""), expires_at__gt=late)
    return visitor if sessions.exists() else None


def _signed_in(
    site: Site, identity: Identity, token: str | None, page: str, locale: str
) -> tuple[Visitor, str | None]:
    sha256 = fingerprint(token) if token else ""
    with Telling() as telling:
        here, known = _held(site, identity.subject, token)
        now = database_now()
        _unless_replayed(telling, identity, sha256, now)
        secret = None
        if known is None or not _prolonged(known, sha256, now):
            row = _one_of(telling, here, known, now) or make_visitor(site=site, page=page, locale=locale)[0]
            secret = _opened(telling, row, identity, sha256, now)
        else:
            row = known
        _believe(telling, row, identity, now)
    return row, secret


def _holder(site: Site, token: str | None) -> Visitor | None:
    visitor = holders_of([token]).get(fingerprint(token)) if token else None
    return visitor if visitor is not None and visitor.site_id == site.pk else None


def _held(site: Site, subject: str, token: str | None) -> tuple[Visitor | None, Visitor | None]:
    """Whom this browser was until now, as far as that has a part in it, and who has this identity already."""
    here = _holder(site, token)
    wanted = Q(subject=subject) | (Q(pk=here.pk) if here else Q(pk=None))
    rows = Visitor.objects.select_related("site").filter(wanted, site=site).order_by("pk")
    held = list(rows.select_for_update(no_key=True, of=("self",)))
    was = next((row for row in held if here and row.pk == here.pk and row.subject == ""), None)
    return was, next((row for row in held if row.subject == subject), None)


def _unless_replayed(telling: Telling, identity: Identity, sha256: str, now: datetime) -> None:
    """An identity with a "jti" opens one session. Who did not hear the answer comes with what they had
    before, and is given another one instead."""
    earlier = VisitorSession.objects.filter(key=identity.key, jti=identity.jti).first()
    if not identity.jti or earlier is None:
        return
    if earlier.ended_at is not None or not sha256 or sha256 not in {earlier.sha256, earlier.replaced}:
        raise BadIdentity
    if sha256 == earlier.replaced:
        end_sessions(telling, [earlier], now=now)
        VisitorSession.objects.filter(pk=earlier.pk).update(jti="")


def _prolonged(visitor: Visitor, sha256: str, now: datetime) -> bool:
    """Whether this secret is of a session of theirs, which then goes on."""
    sessions = visitor.sessions.filter(sha256=sha256, ended_at=None)
    return sessions.update(expires_at=now + timedelta(seconds=SESSION_LASTS)) > 0


def _one_of(telling: Telling, here: Visitor | None, known: Visitor | None, now: datetime) -> Visitor | None:
    """Who of both they are from now on; both are held."""
    if here is not None:
        retire_token(telling, here)
    if here is None or known is None:
        return here or known
    stays, goes = (here, known) if _open_chat(here) else (known, here)
    other = _open_chat(goes)
    if other is not None:
        row, now = lock_conversation(other.pk)
        close(telling, row, SYSTEM, now, cause=ANOTHER)
    Conversation.objects.filter(visitor=goes).update(visitor=stays)
    carry_block(goes, stays)
    for each in (VisitorSession, VisitorKey, ChatLink, Invitation):
        each.objects.filter(visitor=goes).update(visitor=stays)
    _carry_merges(goes, stays)
    stays.note = "\n".join(filter(None, (stays.note, goes.note)))
    stays.trail = sorted([*stays.trail, *goes.trail], key=itemgetter("at"))[-TRAIL:]
    stays.save(update_fields=["note", "trail"])
    told = {"subject": "", "full_name": "", "email": "", "attributes": {}, "claimed": {}}
    told |= {"note": "", "trail": []}
    Visitor.objects.filter(pk=goes.pk).update(**told, merged_into=stays)
    telling.state(goes.topic, {"visitor": (ComeAgain(),)})  # their windows elsewhere
    return stays


def _carry_merges(goes: Visitor, stays: Visitor) -> None:
    """Whom the team holds to be the one is the other from now on."""
    for merge in VisitorMerge.objects.filter(Q(one=goes) | Q(other=goes), undone_at=None):
        other = merge.other_id if merge.one_id == goes.pk else merge.one_id
        one, two = sorted([other, stays.pk])
        there = VisitorMerge.objects.filter(one=one, other=two, undone_at=None).exists()
        if one == two or there:
            merge.delete()
        else:
            VisitorMerge.objects.filter(pk=merge.pk).update(one=one, other=two)


def _open_chat(visitor: Visitor) -> Conversation | None:
    return visitor.conversations.exclude(state=Conversation.State.CLOSED).first()


def _opened(telling: Telling, row: Visitor, identity: Identity, sha256: str, now: datetime) -> str:
    end_sessions(telling, VisitorSession.objects.filter(sha256=sha256, ended_at=None), now=now)
    good = row.sessions.filter(ended_at=None).order_by("-pk")
    end_sessions(telling, good[SESSIONS - 1 :], now=now)
    row.sessions.filter(expires_at__lt=now - timedelta(seconds=SESSION_LASTS)).delete()
    row.handles.all().delete()  # who they are comes with each page
    by = {"replaced": sha256, "key": identity.key, "jti": identity.jti}
    return open_session(row, now=now, lasts=SESSION_LASTS, **by)


def _believe(telling: Telling, row: Visitor, identity: Identity, now: datetime) -> None:
    for name, value in identity.kept.items():
        setattr(row, name, value)
    row.save(update_fields=list(identity.kept))
    tell_who(telling, row)
    chats = row.conversations.exclude(state=Conversation.State.CLOSED).select_related(*ROW_NEEDS)
    tell_rows(telling, chats, now=now)

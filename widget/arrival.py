"""A visitor's hello: who they are, and what they find when they come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from support_chat.desk import db
from support_chat.desk.access import newest_chats, site_by_key, visitors_by_token
from support_chat.desk.actions.identifying import identify
from support_chat.desk.actions.links import open_link
from support_chat.desk.actions.resuming import resume_by
from support_chat.desk.actions.visitors import make_visitor
from support_chat.desk.availability import availability_of
from support_chat.desk.blocks import is_blocked
from support_chat.desk.database_time import database_now
from support_chat.desk.models import Conversation, Site, Visitor
from support_chat.desk.on_site import invitations_told
from support_chat.desk.readings import Reading
from support_chat.desk.together import Together
from support_chat.live.frames import FILES, HERE, PREVIEWS, REFERRER, ChatLink, Visit, VisitorHello
from support_chat.live.origins import header
from support_chat.live.refusals import Refused
from support_chat.settings.chat import HEARTBEAT, HEARTBEAT_IDLE

FEATURES: Final = (FILES, HERE, "identity", REFERRER, "resume", "visit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a hello found or made. `token` is told this once: to a visitor who is new, or of a new session."""

    site: Site
    visitor: Visitor
    token: str | None = None
    chat: Conversation | None = None  # the open one, or else the newest


async def arrive(frame: VisitorHello, bearer: str | None = None, source: str = "") -> Arrival:
    """The visitor that this token names, or a new one without a token; or whom a link leads back.

    UnknownSite, UnknownToken, NotFound. `source` is the network address, as limits count it.
    """
    if frame.link is not None:
        return await db.run(_led_back, frame.site, frame.link)
    token = frame.token or bearer
    if frame.identity is not None:
        return await db.run(_identified, frame, frame.identity, token)
    if token is None and frame.resume is not None:
        return await db.run(_resumed, frame, frame.resume)
    if token is None:
        return await db.run(_made, frame, source)
    return await _known.ask((frame.site, token))


def _made(frame: VisitorHello, source: str) -> Arrival:
    site = site_by_key(frame.site)
    visitor, token = make_visitor(site=site, page=page_of(frame), locale=frame.locale or "", source=source)
    return Arrival(site=site, visitor=visitor, token=token)


def _identified(frame: VisitorHello, identity: str, token: str | None) -> Arrival:
    site = site_by_key(frame.site)
    visitor, made = identify(
        site=site, identity=identity, token=token, page=page_of(frame), locale=frame.locale or ""
    )
    return Arrival(site=site, visitor=visitor, token=made, chat=newest_chats([visitor]).get(visitor.pk))


def _resumed(frame: VisitorHello, handle: str) -> Arrival:
    site = site_by_key(frame.site)
    visitor, made = resume_by(site=site, handle=handle)
    return Arrival(site=site, visitor=visitor, token=made, chat=newest_chats([visitor]).get(visitor.pk))


def _led_back(key: str, link: ChatLink) -> Arrival:
    """By a link that nobody has opened before."""
    site = site_by_key(key)
    visitor, token = open_link(site=site, secret=link.secret, client_id=link.client_id)
    chat = newest_chats([visitor]).get(visitor.pk)
    return Arrival(site=site, visitor=visitor, token=token, chat=chat)


def on_phone(scope: Mapping[str, Any]) -> bool:
    """By what the browser says of itself."""
    return "Mobi" in (header(scope, b"user-agent") or "")


def page_of(frame: VisitorHello | Visit) -> str:
    """The page without query and fragment, where secrets are."""
    return (frame.page or "").partition("#")[0].partition("?")[0][:500]


def come_back(claims: Sequence[tuple[str, str]]) -> list[Arrival | Refused]:
    """Who comes with a site's key and a token: two statements for all whose tokens are known."""
    visitors = visitors_by_token(claims)
    chats = newest_chats([each for each in visitors if isinstance(each, Visitor)])
    return [
        Arrival(site=each.site, visitor=each, chat=chats.get(each.pk)) if isinstance(each, Visitor) else each
        for each in visitors
    ]


_known: Final = Together("reads", come_back)


async def welcome_words(arrival: Arrival, chat: Reading | None) -> dict[str, Any]:
    """The reply to the hello."""
    site, visitor = arrival.site, arrival.visitor
    is_open = chat is not None and chat.told["state"] != "closed"
    words: dict[str, Any] = {
        "visitor": {
            "id": visitor.public_id,
            "name": visitor.called,
            "verified": visitor.is_verified,
            **({"blocked": True} if is_blocked(visitor) else {}),
        },
        "conversation": chat.told if chat and is_open else None,
        "last": {**chat.told, "reopens_in": chat.reopens_in} if chat and not is_open else None,
        "site": {
            "id": site.public_key,
            "name": site.name,
            "locale": site.locale,
            **await _available.ask(site),
            **({"identity_needed": True} if site.verified_only and not visitor.is_verified else {}),
        },
        "heartbeat": HEARTBEAT if is_open else HEARTBEAT_IDLE,
        "features": [*FEATURES, *([PREVIEWS] if site.previews else [])],
    }
    invitation = None if is_open else await _invited.ask(visitor)
    words |= {"invitation": invitation} if invitation else {}
    return words if arrival.token is None else {**words, "token": arrival.token}


def availability(sites: Sequence[Site]) -> list[dict[str, Any]]:
    """Of each site, as it is told; asked once a site."""
    now = database_now()
    known = {site: availability_of(site, now=now).words(now) for site in set(sites)}
    return [known[site] for site in sites]


_available: Final = Together("reads", availability)
_invited: Final = Together("reads", invitations_told)

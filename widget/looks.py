"""How the panel looks on a site: sent with the frame, so that a change shows at the next opening."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from support_chat.desk.models.logo import Logo
from support_chat.desk.models.site import Site
from support_chat.desk.prechat import Prechat, prechat_of
from support_chat.desk.theme import COLOUR, launcher_look, tokens


def launcher_of(site: Site) -> str:
    """What the loader wears; "" for its own."""
    return launcher_look(_colour(site), at_start=site.side == Site.Side.START)


def sheet_of(site: Site) -> str:
    """The panel's own colours for both looks, as a style sheet; "" where the site has none."""
    colour = _colour(site)
    if not colour:
        return ""
    light, dark = (_rule(tokens(colour, look)) for look in ("light", "dark"))
    return SafeString(f"{light}@media(prefers-color-scheme:dark){{{dark}}}")


def logo_address(site: Site) -> str | None:
    """Under which its logo never changes."""
    digest = Logo.objects.filter(site=site).values_list("digest", flat=True).first()
    return f"{reverse('widget-logo', args=[site.public_key])}?v={digest[:16]}" if digest else None


def told_starters(site: Site) -> list[dict[str, str]]:
    """What may be begun with by one tap: the rest of it is nothing to visitors."""
    return [{"words": each["words"], "answer": each.get("answer", "")} for each in site.starters]


def told_prechat(site: Site) -> dict[str, Any] | None:
    """What is asked before the first word."""
    prechat = prechat_of(site.prechat)
    return None if prechat is None or prechat == Prechat() else msgspec.to_builtins(prechat)


def _colour(site: Site) -> str:
    return site.colour if COLOUR.fullmatch(site.colour) else ""


def _rule(declarations: Mapping[str, str]) -> SafeString:
    body = format_html_join("", "{}:{};", declarations.items())
    return SafeString(f":root{{{body}}}")

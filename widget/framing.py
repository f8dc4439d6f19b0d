"""Who may frame us: only pages of the origins on the site's list, and our own."""

from django.http import HttpRequest

from support_chat.desk.models.site import Site
from support_chat.desk.origins import normal_origin


def may_frame(site: Site, origin: str, *, own: str) -> bool:
    """Whether pages of `origin` may frame the panel of `site`: if listed, or our own."""
    return origin == own or origin in {normal_origin(listed) for listed in site.allowed_origins}


def own_origin(request: HttpRequest) -> str:
    """This server's origin, as the visitor's browser sees it."""
    return normal_origin(f"{request.scheme}://{request.get_host()}") or ""

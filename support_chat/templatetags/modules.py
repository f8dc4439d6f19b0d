"""Modules and style sheets of a page: these two tags, in this order, first in <head>.

{% page_scripts page nonce %}
{% page_styles page %}

`page` is its PageFiles. Of modules, the first makes {% import_map entry %} and {% module_preloads entry %}.
"""

import json
from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from support_chat.bundles import address, bundle_of
from support_chat.module_graph import module_graph
from support_chat.page_files import PageFiles

register = template.Library()


@register.simple_tag(takes_context=True)
def page_scripts(context: template.Context, page: PageFiles, nonce: object = "") -> SafeString:
    """All that the page needs to run: one script, or its modules and the map of them."""
    bundle = bundle_of(page.entry)
    script = format_html(
        '<script type="module" src="{}"{}></script>',
        bundle.script if bundle else static(page.entry),
        nonce_attribute(context, nonce),
    )
    if bundle:
        return script
    parts = (import_map(context, page.entry, nonce), module_preloads(context, page.entry, nonce), script)
    return format_html_join("\n", "{}", ((part,) for part in parts))


@register.simple_tag
def page_styles(page: PageFiles) -> SafeString:
    """All that the page needs to look like itself."""
    bundle = bundle_of(page.entry)
    sheets = [bundle.styles] if bundle else list(map(static, page.styles))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets))


@register.simple_tag(takes_context=True)
def import_map(context: template.Context, entry: str, nonce: object = "") -> SafeString:
    """Leads every module address that `entry` reaches to the one under which it is served."""
    graph = module_graph(entry)
    imports = served((*graph.first, *graph.later))
    return format_html(
        '<script type="importmap"{}>{}</script>',
        nonce_attribute(context, nonce),
        ScriptJson({"imports": imports}),
    )


@register.simple_tag(takes_context=True)
def module_preloads(context: template.Context, entry: str, nonce: object = "") -> SafeString:
    """One <link> for each module needed before `entry` runs: they arrive together, not one after another."""
    attribute = nonce_attribute(context, nonce)
    return format_html_join(
        "\n",
        '<link rel="modulepreload" href="{}"{}>',
        ((static(name), attribute) for name in module_graph(entry).first),
    )


def served(names: Iterable[str]) -> dict[str, str]:
    """Address as written → address as served. Modules served under their own name need no line."""
    pairs = ((address(quote(name)), static(name)) for name in names)
    return {plain: served_as for plain, served_as in pairs if plain != served_as}


def nonce_attribute(context: template.Context, nonce: object) -> str:
    """From the tag, or of django-csp on the request; nothing when there is neither."""
    # A nonce that nobody has read yet counts as false: it is made by being read.
    value = str(nonce) or str(getattr(context.get("request"), "csp_nonce", ""))
    return format_html(' nonce="{}"', value) if value else ""


class ScriptJson:
    """JSON that may stand inside a <script>: `<` is the one character that could end it."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __html__(self) -> str:
        return json.dumps(self.value).replace("<", "\\u003c")

"""What a page of the website says to our embedding it: snippet, list of websites, policy. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext

_ANYWHERE: Final = {"*", "https:", "http:"}


@dataclass(frozen=True, slots=True)
class Finding:
    good: bool
    words: str


class _Page(HTMLParser):
    """The scripts of a page with their attributes, and the policies in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.policies: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script":
            self.scripts.append(given)
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "content-security-policy":
            self.policies.append(given.get("content") or "")


def findings(
    *, page: str, policies: Sequence[str], listed: bool, own: str, key: str, invites: str = ""
) -> list[Finding]:
    """Of the page's text and the policies of its answer. `own`: the origin of this server; `listed`: whether
    the page's origin may frame the panel; `invites`: the address of the snippet's second line, if it has one.
    """
    read = _Page()
    read.feed(page)
    snippets = [each for each in read.scripts if "/widget.js" in (each.get("src") or "")]
    all_policies = [_directives(each) for each in (*policies, *read.policies)]
    second = [each for each in read.scripts if invites and (each.get("src") or "") == invites]
    nonce = bool(snippets) and all(each.get("nonce") for each in (*snippets, *second))
    return [
        _of_list(listed),
        _of_snippet(snippets, own, key),
        *([_of_second_line(second)] if invites else []),
        _of_scripts(all_policies, own, nonce=nonce),
        _of_frames(all_policies, own),
    ]


def _of_list(listed: bool) -> Finding:
    if listed:
        return Finding(True, gettext("The website is on the list of this site."))
    return Finding(False, gettext("The website is not on the list of this site: add its origin above."))


def _of_snippet(snippets: Sequence[Mapping[str, str | None]], own: str, key: str) -> Finding:
    ours = [each for each in snippets if (each.get("src") or "").startswith(f"{own}/widget.js")]
    if any(each.get("data-site") == key for each in ours):
        return Finding(True, gettext("The snippet is in the page."))
    if ours:
        return Finding(False, gettext("The snippet is in the page, with another key. Copy it again."))
    if snippets:
        words = gettext("There is a snippet of another server in the page. Ours begins with %(own)s.")
        return Finding(False, words % {"own": own})
    return Finding(
        False,
        gettext(
            "The snippet is not in the page as our server reads it. A tag manager may still put it there."
        ),
    )


def _of_second_line(found: Sequence[Mapping[str, str | None]]) -> Finding:
    if found:
        return Finding(True, gettext("Its second line, by which the chat speaks first, is in the page."))
    return Finding(False, gettext("Its second line is not in the page: the chat does not speak first there."))


def _of_scripts(policies: Sequence[Mapping[str, list[str]]], own: str, *, nonce: bool) -> Finding:
    wrong = [each for each in policies if not _lets_scripts(each, own, nonce=nonce)]
    if wrong:
        words = gettext("Its content security policy stops our script: add %(own)s to script-src.")
        return Finding(False, words % {"own": own})
    return Finding(True, gettext("Its content security policy lets our script run."))


def _lets_scripts(policy: Mapping[str, list[str]], own: str, *, nonce: bool) -> bool:
    sources = _sources(policy, "script-src-elem", "script-src", "default-src")
    if sources is None or (nonce and any(each.startswith("'nonce-") for each in sources)):
        return True
    return "'strict-dynamic'" not in sources and _lists(sources, own)


def _of_frames(policies: Sequence[Mapping[str, list[str]]], own: str) -> Finding:
    for policy in policies:
        sources = _sources(policy, "frame-src", "child-src", "default-src")
        if sources is not None and not _lists(sources, own):
            words = gettext("Its content security policy stops the panel: add %(own)s to frame-src.")
            return Finding(False, words % {"own": own})
    return Finding(True, gettext("Its content security policy lets the panel open."))


def _directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.lower().split(";"))
    found: dict[str, list[str]] = {}
    for name, *sources in (part for part in parts if part):
        found.setdefault(name, sources)  # of two the first counts
    return found


def _sources(policy: Mapping[str, list[str]], *names: str) -> list[str] | None:
    return next((policy[name] for name in names if name in policy), None)


def _lists(sources: Sequence[str], own: str) -> bool:
    """Whether one of these sources stands for this origin."""
    scheme, _, host = own.partition("://")
    return any(
        each in (own, f"{own}/", host)
        or (each in _ANYWHERE and each in ("*", f"{scheme}:"))
        or _is_wildcard(each, own)
        for each in sources
    )


def _is_wildcard(source: str, own: str) -> bool:
    """ "https://*.example.com" and the like."""
    found = re.fullmatch(r"(?:(https?)://)?\*(\.[^/:]+)(?::(\d+|\*))?/?", source)
    if found is None:
        return False
    parts = urlsplit(own)
    return (parts.hostname or "").endswith(found[2]) and found[1] in (None, parts.scheme)

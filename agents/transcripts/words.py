"""What a transcript says of an entry that is no message: the words that the console shows."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

Body = Mapping[str, Any]

UNKNOWN: Final = gettext_lazy("Something that this page cannot show yet. Reload to see it.")
_UNSEEN: Final = {"Cc", "Cf", "Zl", "Zp"}  # control, format, and the separators of lines and paragraphs
_NOBODY: Final = {"visitor": gettext_lazy("The visitor"), "agent": gettext_lazy("A colleague")}
_RETURNS: Final = {
    "connection lost": gettext_lazy("Back in the queue: the connection to their agent was lost"),
    "agent left": gettext_lazy("Back in the queue: its agent went offline"),
    "agent is full": gettext_lazy("Back in the queue: its agent had no room left"),
    "unanswered": gettext_lazy("Back in the queue: there was no first reply in time"),
}
_BY_ITSELF: Final = {
    "idle": gettext_lazy("The chat closed itself: nobody wrote any more"),
    "visitor left": gettext_lazy("The chat closed itself: the visitor had left"),
}
_BLOCKS: Final = {
    "visitor": gettext_lazy("in this browser"),
    "identity": gettext_lazy("on every device"),
    "address": gettext_lazy("and everybody at their address"),
}
_LASTS: Final = {
    "hour": gettext_lazy("for an hour"),
    "day": gettext_lazy("for a day"),
    "always": gettext_lazy("for good"),
}
_NOT_TAKEN: Final = {
    "declined": gettext_lazy("%(name)s declined the chat"),
    "expired": gettext_lazy("%(name)s did not answer the offer in time"),
    "gone": gettext_lazy("%(name)s was gone: the offer ended"),
    "withdrawn": gettext_lazy("%(name)s is not offered the chat any more"),
}
_ASSIGNED: Final = {
    "accepted": gettext_lazy("%(name)s accepted the chat"),
    "reopened": gettext_lazy("%(name)s has the chat again"),
    "automatic": gettext_lazy("%(name)s got the chat"),
}
_PRIORITIES: Final = {
    "urgent": gettext_lazy("Urgent"),
    "high": gettext_lazy("High"),
    "normal": gettext_lazy("Normal"),
    "low": gettext_lazy("Low"),
}


def name_of(role: str, name: str) -> str:
    """Who it was, as it may stand on a screen."""
    return safe_name(name) if name else str(_NOBODY.get(role) or gettext("The system"))


def safe_name(name: str) -> str:
    """A name in one line: no control characters, nothing that turns the reading direction."""
    kept = "".join(each for each in name if unicodedata.category(each) not in _UNSEEN)
    return kept.strip() or gettext("Visitor")


def size_in_words(size: int) -> str:
    """Bytes as people say them."""
    return (
        f"{number_format(round(size / 1_000_000, 1), 1)} MB"
        if size >= 1_000_000
        else f"{max(1, round(size / 1_000))} kB"
    )


def line_of(kind: str, *, role: str, name: str, body: Body) -> str:
    """The one line that stands for this entry."""
    words = _LINES.get(kind)
    return words(role, name_of(role, name), body) if words else str(UNKNOWN)


def _by(words: Promise, reason: bool = False) -> Callable[[str, str, Body], str]:
    """What somebody did, with the reason where one may be given."""
    return lambda role, name, body: str(words) % {"name": name} + (_because(body) if reason else "")


def _began(body: Body) -> str:
    form = body.get("form") or {}
    begun = gettext("The chat began")
    if form.get("here"):
        begun = gettext("The chat began as a message: the visitor reads the answer here")
    if body.get("tags"):
        begun += ", " + gettext("tagged %(tags)s") % {"tags": ", ".join(body["tags"])}
    if form.get("name"):
        given = gettext("“%(name)s” is the name that was given, not verified")
        begun += ". " + given % {"name": safe_name(form["name"])}
    return begun + _invited_before(body)


def _invited_before(body: Body) -> str:
    invitation = body.get("invitation")
    if invitation is None:
        return ""
    asked = {"name": safe_name(invitation["by"]["name"]), "text": invitation["text"]}
    return ". " + gettext("%(name)s had invited them: “%(text)s”") % asked


def _assigned(role: str, name: str, body: Body) -> str:
    agent, cause = _agent(body), body.get("cause", "")
    if cause == "supervisor":
        by = safe_name((body.get("why") or {}).get("by") or gettext("A supervisor"))
        given = gettext("%(by)s gave the chat to %(name)s") % {"by": by, "name": agent}
        return f"{given}, {gettext('over their limit')}" if body.get("forced") else given
    return str(_ASSIGNED.get(cause, _ASSIGNED["automatic"])) % {"name": agent}


def _agent(body: Body) -> str:
    return safe_name((body.get("agent") or {}).get("name") or gettext("A colleague"))


def _transferred(role: str, name: str, body: Body) -> str:
    if body.get("cause") == "kept":
        return gettext("%(name)s keeps the chat") % {"name": name}
    to = _agent(body) if body.get("agent") else safe_name(body["name"]) if body.get("name") else ""
    if not to:
        return gettext("%(name)s hands the chat over") % {"name": name}
    return gettext("%(name)s hands the chat over to %(to)s") % {"name": name, "to": to}


def _declined(role: str, name: str, body: Body) -> str:
    what = _NOT_TAKEN.get(body.get("cause", ""), _NOT_TAKEN["withdrawn"])
    return str(what) % {"name": _agent(body)} + _because(body)


def _reminded(body: Body) -> str:
    if body.get("level") == 2:
        return gettext("Supervisors were told that the visitor waits")
    return gettext("Its agent was reminded that the visitor waits")


def _because(body: Body) -> str:
    return f": “{body['reason']}”" if body.get("reason") else ""


def _closed(role: str, name: str, body: Body) -> str:
    if role != "system":
        return gettext("%(name)s closed the chat") % {"name": name}
    return str(_BY_ITSELF.get(body.get("cause", "")) or gettext("The chat was closed"))


def _joined(role: str, name: str, body: Body) -> str:
    if body.get("by"):
        return gettext("%(name)s joined: %(by)s let them in") % {"name": name, "by": _let(body)}
    return gettext("%(name)s joined") % {"name": name}


def _left(role: str, name: str, body: Body) -> str:
    if body.get("by"):
        return gettext("%(name)s left: %(by)s ended it") % {"name": name, "by": _let(body)}
    return gettext("%(name)s left") % {"name": name}


def _let(body: Body) -> str:
    return safe_name(body["by"]["name"])


def _called(role: str, name: str, body: Body) -> str:
    called = ", ".join(safe_name(each["name"]) for each in body.get("agents", ())) or gettext("a colleague")
    calls = gettext("%(name)s calls %(agents)s for help") % {"name": name, "agents": called}
    return f"{calls}{_because(body)}"


def _blocked(role: str, name: str, body: Body) -> str:
    if body.get("lifted"):
        return gettext("%(name)s lifted a block of the visitor") % {"name": name}
    where, lasts = _BLOCKS.get(body.get("blocks", ""), ""), _LASTS.get(body.get("lasts", ""), "")
    known = {"name": name, "where": where, "long": lasts}
    return (gettext("%(name)s blocked the visitor %(where)s %(long)s") % known).strip()


def _rated(role: str, name: str, body: Body) -> str:
    if not body.get("score"):
        return gettext("%(name)s rated the chat") % {"name": name}
    rated = gettext("%(name)s rated the chat %(score)s of 5") % {"name": name, "score": body["score"]}
    return f"{rated}: “{body['comment']}”" if body.get("comment") else rated


def _prioritised(role: str, name: str, body: Body) -> str:
    priority = body.get("priority", "…")
    known = {"name": name, "priority": str(_PRIORITIES.get(priority, priority)).lower()}
    return gettext("%(name)s set the priority to %(priority)s") % known + _because(body)


def _woken(role: str, name: str, body: Body) -> str:
    if role == "agent":
        return gettext("%(name)s took the chat up again") % {"name": name}
    return gettext("Put aside until now: the chat is back")


def _tagged(role: str, name: str, body: Body) -> str:
    added, removed = (", ".join(body.get(each) or ()) for each in ("added", "removed"))
    done = [
        gettext("added %(tags)s") % {"tags": added} if added else "",
        gettext("removed %(tags)s") % {"tags": removed} if removed else "",
    ]
    tags = "; ".join(filter(None, done))
    return gettext("%(name)s changed the tags: %(tags)s") % {"name": name, "tags": tags}


def _merged(role: str, name: str, body: Body) -> str:
    other = safe_name((body.get("visitor") or {}).get("name") or "")
    if body.get("undone"):
        words = gettext("%(name)s says that %(other)s is not the same person after all")
    else:
        words = gettext("%(name)s says that %(other)s is the same person")
    return words % {"name": name, "other": other}


def _emailed(body: Body) -> str:
    if body.get("what") == "answers":
        if body.get("failed"):
            return gettext("The answers could not be e-mailed to the visitor")
        return gettext("The answers were e-mailed to the visitor")
    if body.get("failed"):
        return gettext("The transcript could not be e-mailed to the visitor")
    return gettext("The transcript was e-mailed to the visitor")


_LINES: Final[dict[str, Callable[[str, str, Body], str]]] = {
    "opened": lambda role, name, body: _began(body),
    "joined": _joined,
    "left": _left,
    "assigned": _assigned,
    "returned_to_queue": lambda role, name, body: str(
        _RETURNS.get(body.get("cause", "")) or gettext("Back in the queue")
    ),
    "closed": _closed,
    "reopened": lambda role, name, body: (
        gettext("%(name)s reopened the chat") % {"name": name} + _invited_before(body)
    ),
    "rated": _rated,
    "transferred": _transferred,
    "offered": lambda role, name, body: gettext("Offered to %(name)s") % {"name": _agent(body)},
    "declined": _declined,
    "moved": _by(gettext_lazy("%(name)s moved the chat to the front"), reason=True),
    "prioritised": _prioritised,
    "reminded": lambda role, name, body: _reminded(body),
    "kept_place": _by(gettext_lazy("%(name)s left an address to be answered at, and keeps the place")),
    "left_email": _by(gettext_lazy("%(name)s left an address to be answered at")),
    "edited": _by(gettext_lazy("%(name)s changed a message")),
    "retracted": _by(gettext_lazy("%(name)s removed a message")),
    "emailed": lambda role, name, body: _emailed(body),
    "invited": lambda role, name, body: (
        gettext("%(name)s asks %(agent)s into the chat") % {"name": name, "agent": _agent(body)}
    ),
    "asked_to_join": _by(gettext_lazy("%(name)s asks to join the chat")),
    "not_joined": lambda role, name, body: (
        gettext("%(agent)s does not join the chat") % {"agent": _agent(body)}
    ),
    "called_help": _called,
    "marked_spam": lambda role, name, body: (
        (
            gettext("%(name)s marked the chat as spam")
            if body.get("spam")
            else gettext("%(name)s says that this is no spam")
        )
        % {"name": name}
    ),
    "blocked": _blocked,
    "idle": lambda role, name, body: gettext("Quiet for long: it counts as idle"),
    "snoozed": lambda role, name, body: (
        gettext("%(name)s put the chat aside: “%(until)s”") % {"name": name, "until": body.get("said", "")}
    ),
    "woken": _woken,
    "tagged": _tagged,
    "merged": _merged,
    "file": _by(gettext_lazy("%(name)s sent a file")),
}
KINDS: Final = frozenset(_LINES)

"""What somebody who comes to a chat reads of it: a snapshot, or what came after what they know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from support_chat.desk.history import Form, View, fitting, owner_as_seen, places_of
from support_chat.desk.letters.envelope import masked
from support_chat.desk.logs import Log, Wanted, logs_of
from support_chat.settings.chat import REOPENS_FOR, SNAPSHOT_ENTRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """At a chat, by key: for what came after `after`, if the log still is the one that `mark` was read from;
    else, or where nothing is known, for a snapshot."""

    chat: int
    view: View
    after: int | None = None
    mark: str | None = None

    @property
    def since(self) -> int | None:
        """One in front of what is missing: the entry of the mark, to know the log by."""
        return self.after - 1 if self.after and self.mark is not None else self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is told of a chat, and where its log stood when it was read."""

    told: Form
    is_snapshot: bool
    position: int
    visible: int
    reopens_in: float | None = None  # seconds for which writing goes on with it, once it is closed

    @property
    def resumed(self) -> Form:
        """In the words of an answer to whoever comes back."""
        if self.is_snapshot:
            return {"snapshot": self.told, "recovered": False}
        return {**self.told, "recovered": True}


def read_chats(looks: Sequence[Look]) -> list[Reading]:
    """A reading for each: one statement a side. Another one for those who knew another log, for each queue
    that some wait in, and for each chat whose agent came before all that is read of it."""
    readings: dict[Look, Reading] = {}
    for visitor in {look.view.visitor for look in looks}:
        readings |= _read([look for look in looks if look.view.visitor == visitor], visitor=visitor)
    return [readings[look] for look in looks]


def _read(looks: Sequence[Look], *, visitor: bool) -> dict[Look, Reading]:
    logs = _logs({look: look.since for look in looks}, visitor=visitor)
    anew = {look for look, log in logs.items() if not _knows(look, log)}
    logs |= _logs({look: None for look in anew if look.after is not None}, visitor=visitor)
    places = places_of([logs[look].chat for look in anew]) if visitor else {}
    return {
        look: _snapshot(log, look.view, places) if look in anew else _caught_up(log, look)
        for look, log in logs.items()
    }


def _logs(since: Mapping[Look, int | None], *, visitor: bool) -> dict[Look, Log]:
    """At most one entry more than a reply may hold, and the one of the mark."""
    if not since:
        return {}
    wanted = [Wanted(look.chat, known) for look, known in since.items()]
    return dict(zip(since, logs_of(wanted, visitor=visitor, most=SNAPSHOT_ENTRIES + 2), strict=True))


def _knows(look: Look, log: Log) -> bool:
    """Whether what they know is of this log."""
    if look.after is None or look.after > _head(log, look.view):
        return False
    if look.since == look.after:
        return True
    first = log.entries[0] if log.entries else None
    return first is not None and first.mark == look.mark


def _snapshot(log: Log, view: View, places: Mapping[int, Form]) -> Reading:
    """The newest entries and how the chat stands."""
    chat, newest = log.chat, log.entries[: -SNAPSHOT_ENTRIES - 1 : -1]
    forms = fitting(view.form(chat, entry) for entry in newest)
    told: Form = {
        "id": chat.public_id,
        "state": chat.state,
        "agent": owner_as_seen(chat, view, newest),
        "position": _head(log, view),
        "mark": chat.visible_mark if view.visitor else chat.mark,
        "entries": forms[::-1],
        "earlier": len(log.entries) > len(forms),
    }
    if view.visitor:
        told |= {"read": log.read, "place": places.get(chat.pk), "reply_to": masked(chat.reply_to)}
    return Reading(
        told=told,
        is_snapshot=True,
        position=chat.position,
        visible=chat.visible,
        reopens_in=_reopens_in(log),
    )


def _caught_up(log: Log, look: Look) -> Reading:
    """What came after what they know, as much as one reply carries."""
    chat, view = log.chat, look.view
    found = log.entries if look.since == look.after else log.entries[1:]
    forms = fitting(view.form(chat, entry) for entry in found[:SNAPSHOT_ENTRIES])
    more = len(forms) < len(found)
    told: Form = {"entries": forms, "more": more}
    if view.visitor:
        told["read"] = log.read
    end = found[len(forms) - 1] if more else chat
    return Reading(told=told, is_snapshot=False, position=end.position, visible=end.visible)


def _head(log: Log, view: View) -> int:
    return log.chat.visible if view.visitor else log.chat.position


def _reopens_in(log: Log) -> float | None:
    if log.chat.state != "closed":
        return None
    until = (log.chat.closed_at or log.chat.last_at) + timedelta(seconds=REOPENS_FOR)
    left = (until - log.now).total_seconds()
    return round(left, 1) if left > 0 else None

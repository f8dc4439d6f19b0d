"""The page of a canned reply's earlier versions: looked at, and brought back."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from agents.library.guard import for_writers
from agents.policy import StaffRequest
from support_chat.desk.access import Staff
from support_chat.desk.actions.canned_replies import bring_back_version
from support_chat.desk.library import canned_reply_to_arrange
from support_chat.desk.models import ReplyVersion

COMPARED: Final = 250_000  # pairs of words: longer texts are told whole, before and after
NAMES: Final = {
    "title": gettext_lazy("Title"),
    "shortcut": gettext_lazy("Shortcut"),
    "folder": gettext_lazy("Folder"),
    "locale": gettext_lazy("Locale"),
}
Piece = tuple[str, str]  # "same", "gone" or "new", and the words


@for_writers
def versions(request: StaffRequest, staff: Staff, public_id: str) -> HttpResponse:
    reply = canned_reply_to_arrange(staff, public_id)
    refused: list[str] = []
    if request.method == "POST":
        number = request.POST.get("number", "")
        if not number.isascii() or not number.isdigit():
            raise Http404
        try:
            bring_back_version(staff=staff, reply=public_id, number=int(number[:9]))
            return redirect(f"{reverse('library-reply', args=[public_id])}?saved=version")
        except ValidationError as wrong:
            refused = wrong.messages
    rows = list(reply.versions.select_related("by").order_by("-number"))
    shown = {"reply": reply, "versions": list(_shown(rows)), "managed": bool(staff.managed)}
    shown["refused"] = refused
    return render(request, "agents/library/versions.html", shown, status=400 if refused else 200)


def _shown(rows: list[ReplyVersion]) -> Iterator[dict[str, Any]]:
    """The newest first, each with what it changed of the one before."""
    for row, before in zip(rows, [*rows[1:], None], strict=False):
        yield {
            "row": row,
            "pieces": pieces(before.values["text"] if before else "", row.values["text"]),
            "changes": _changes(before, row) if before else [],
        }


def _changes(before: ReplyVersion, row: ReplyVersion) -> list[tuple[Promise, Any, Any]]:
    """Of all but the text and ids: (name, then, from then on)."""
    both = [(words, before.values.get(name), row.values.get(name)) for name, words in NAMES.items()]
    return [each for each in both if each[1] != each[2]]


def pieces(before: str, after: str) -> list[Piece]:
    """Word by word, what stayed, went and came."""
    one, other = _words(before), _words(after)
    if len(one) * len(other) > COMPARED:
        return [("gone", before), ("new", after)] if before != after else [("same", after)]
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(one[a:b])))
        else:
            found += [("gone", "".join(one[a:b])), ("new", "".join(other[c:d]))]
    return [(kind, words) for kind, words in found if words]


def _words(text: str) -> list[str]:
    """With the blanks behind them."""
    parts = text.replace("\n", " \n").split(" ")
    return [f"{part} " for part in parts[:-1]] + parts[-1:]

"""The same with many chats: a piece of the work at a time, each chat by the action that does it alone.

Whoever asks goes on with `next` until it is none, and adds up. Nothing is remembered between two pieces: one
that is asked for again, because its answer was lost, is answered again and done once.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, Final
from uuid import UUID, uuid5

from support_chat.desk.access import Staff
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.snoozing import snooze_conversation, wake_conversation
from support_chat.desk.actions.supervising import set_priority
from support_chat.desk.actions.tagging import tag_conversation
from support_chat.desk.database_time import database_now
from support_chat.desk.db import tried
from support_chat.desk.models import Entry
from support_chat.desk.views import chosen
from support_chat.live.order_frames import Deed, Which
from support_chat.live.refusals import BadField, Refused

PIECE: Final = 50  # chats
LASTS: Final = 0.4  # seconds of one piece: its answer is what shows how far it is


@dataclass(slots=True)
class Done:
    """`done`: by public id, where something changed; `same`: how many were so already; `refused`: how many by
    code. `next` goes on; None at the end."""

    done: list[str] = field(default_factory=list)
    same: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    next: str | None = None


def change_conversations(
    *, staff: Staff, client_id: UUID, which: Which, deed: Deed, after: str | None = None
) -> Done:
    """A piece of it, newest chats first; those that began since the first piece are left out. BadField,
    NotFound where nobody can tell which chats, or what to do."""
    act = _act(deed)
    chats = chosen(staff, which, now=database_now()).order_by("-pk")
    if after is not None:
        chats = chats.filter(pk__lt=int(after.partition(".")[2]))
    piece = list(chats.values_list("pk", "public_id")[: PIECE + 1])
    made, until = Done(), monotonic() + LASTS
    for number, (pk, public_id) in enumerate(piece[:PIECE], start=1):
        once = uuid5(client_id, public_id)
        _change(made, public_id, partial(act, staff=staff, conversation=pk, client_id=once))
        if number < len(piece) and (number == PIECE or monotonic() > until):
            made.next = f"0.{pk}"
            break
    return made


def _change(made: Done, public_id: str, act: "partial[int]") -> None:
    try:
        tried(act)
    except Refused as refusal:
        made.refused[refusal.code] += 1
        return
    about = act.keywords
    if Entry.objects.filter(conversation=about["conversation"], client_id=about["client_id"]).exists():
        made.done.append(public_id)
    else:
        made.same += 1


Act = Callable[..., int]


def _act(deed: Deed) -> Act:
    """The action with what it needs beside the chat. BadField when that is not all there."""
    action, needs = _DEEDS[deed.what]
    given = {name: getattr(deed, name) for name in needs}
    if any(value is None for value in given.values()):
        raise BadField("deed")
    return lambda **about: action(**about, **given)


def _tag(*, tag: str, **about: Any) -> int:
    return tag_conversation(**about, add=[tag])


def _untag(*, tag: str, **about: Any) -> int:
    return tag_conversation(**about, remove=[tag])


_DEEDS: Final[Mapping[str, tuple[Act, tuple[str, ...]]]] = {
    "tag": (_tag, ("tag",)),
    "untag": (_untag, ("tag",)),
    "snooze": (snooze_conversation, ("when", "zone")),
    "wake": (wake_conversation, ()),
    "close": (close_conversation, ()),
    "transfer": (transfer_conversation, ("to_queue",)),
    "prioritise": (set_priority, ("priority", "reason")),
}

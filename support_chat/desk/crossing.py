"""A reply that crossed with what somebody else of our side did to the chat, after its author last saw it."""

from support_chat.desk.bodies import body_of
from support_chat.desk.errors import Crossed
from support_chat.desk.lines import Author
from support_chat.desk.models import Conversation, Entry

_KINDS = ("message", "transferred", "assigned")


def unless_crossed(row: Conversation, author: Author, seen: int | None) -> None:
    """Crossed where a colleague or a bot has written, or the chat was given or is to be given to somebody
    else, after the position up to which the author has seen it. What its visitor writes crosses nothing;
    None asks nothing."""
    if seen is None or row.position <= seen:
        return
    since = Entry.objects.filter(conversation=row, position__gt=seen, kind__in=_KINDS)
    ours = since.exclude(author_role="visitor").select_related("body")
    for entry in ours.order_by("-position"):
        if _is_anothers(entry, author):
            raise Crossed(position=entry.position)


def _is_anothers(entry: Entry, author: Author) -> bool:
    if entry.kind == "assigned":
        return bool(body_of(entry)["agent"]["id"] != author.id)
    return entry.author_id != author.id

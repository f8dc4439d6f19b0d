"""Tags: words by which a site's staff sort their chats. Starters set them too, and imports; all are alike.

The log says which a chat bears, its row follows from it, and the table by which chats are found from the row.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from support_chat.desk.models import Conversation, Site, Tag, TaggedChat

LONGEST: Final = 40  # characters of a tag
MOST: Final = 20  # tags of a chat: more sort nothing
SUGGESTED: Final = 500  # tags of all one's sites, the latest used first


def tag_of(text: str) -> str:
    """As it is kept: small letters and digits, with hyphens where others stood. "" when nothing is left."""
    words = "".join(each if _stays(each) else " " for each in unicodedata.normalize("NFKC", text).lower())
    return "-".join(words.split())[:LONGEST].strip("-")


def _stays(character: str) -> bool:
    """Letters, digits, and the marks without which some scripts have no words."""
    return unicodedata.category(character)[0] in "LMN"


def keep_tags(rows: Iterable[Conversation]) -> None:
    """Makes these chats be found by the tags of their rows, and by no others. The caller's transaction holds
    the rows, or has just made them."""
    borne = {row.pk: row for row in rows}
    known = _tags({(row.site_id, name) for row in borne.values() for name in row.tags})
    wanted = {(known[row.site_id, name], row.pk) for row in borne.values() for name in row.tags}
    kept = TaggedChat.objects.filter(conversation__in=borne).values_list("tag", "conversation", "pk")
    stale = [pk for tag, chat, pk in kept if (tag, chat) not in wanted]
    TaggedChat.objects.filter(pk__in=stale).delete()
    TaggedChat.objects.bulk_create(
        (TaggedChat(tag_id=tag, conversation_id=chat) for tag, chat in sorted(wanted)), ignore_conflicts=True
    )


def _tags(names: set[tuple[int, str]]) -> Mapping[tuple[int, str], int]:
    """Each by site and name: its key. Those that are new are made; two who make one at once make one."""
    if not names:
        return {}
    Tag.objects.bulk_create(
        (Tag(site_id=site, name=name) for site, name in sorted(names)), ignore_conflicts=True
    )
    rows = Tag.objects.filter(site__in={site for site, _ in names}, name__in={name for _, name in names})
    return {(row.site_id, row.name): row.pk for row in rows}


def tags_of(sites: Iterable[Site]) -> list[dict[str, Any]]:
    """What can be suggested: the tags of these sites, those used last first."""
    bearing = TaggedChat.objects.filter(tag=OuterRef("pk")).order_by("-conversation").values("conversation")
    found = Tag.objects.filter(site__in=list(sites)).annotate(last=Subquery(bearing[:1]))
    rows = found.exclude(last=None).order_by("-last", "name").values_list("site__public_key", "name")
    return [{"site": site, "name": name} for site, name in rows[:SUGGESTED]]

"""The commands by which a team keeps its chats in order: tags, snoozing, views, filters, many at once,
and visitors who are one person."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from msgspec import Meta

from support_chat.live.fields import (
    ClientId,
    Cursor,
    Limit,
    Line,
    Name,
    Priority,
    PublicId,
    PublicIds,
    Reason,
    Tag,
    Tags,
    View,
    Zone,
)
from support_chat.live.frame import Frame


class TagConversation(Frame, frozen=True):
    conversation: PublicId
    client_id: ClientId
    add: Tags = []
    remove: Tags = []


class ListTags(Frame, frozen=True):
    pass


class SnoozeConversation(Frame, frozen=True):
    """`when` as people say it, by the clocks of their `zone`."""

    conversation: PublicId
    client_id: ClientId
    when: Line
    zone: Zone


class WakeConversation(Frame, frozen=True):
    conversation: PublicId
    client_id: ClientId


class MergeVisitors(Frame, frozen=True):
    """The conversation's visitor and another one."""

    conversation: PublicId
    client_id: ClientId
    visitor: PublicId


class UnmergeVisitors(MergeVisitors, frozen=True):
    pass


class ReadTime(Frame, frozen=True):
    when: Line
    zone: Zone


class ListEarlierChats(Frame, frozen=True):
    """Of the conversation's visitor, behind those that `about` told."""

    conversation: PublicId
    after: Cursor


class Condition(Frame, frozen=True):
    """What `value` may be depends on the field: see desk/filtering.py."""

    field: Literal["state", "queue", "agent", "tag", "priority", "waiting", "language", "email"]
    value: Line
    negated: bool = False


class Group(Frame, frozen=True, kw_only=True):
    match: Literal["all", "any"] = "all"
    conditions: Annotated[list[Condition], Meta(min_length=1, max_length=10)]


class Rules(Frame, frozen=True, kw_only=True):
    """Groups of conditions: one level, no deeper."""

    match: Literal["all", "any"] = "all"
    groups: Annotated[list[Group], Meta(min_length=1, max_length=5)]


class Which(Frame, frozen=True):
    """Chats that are theirs to read: by one of these four."""

    view: View | None = None
    filter: PublicId | None = None
    rules: Rules | None = None
    conversations: PublicIds | None = None


class ListConversations(Frame, frozen=True):
    which: Which
    after: Cursor | None = None
    until: Cursor | None = None
    limit: Limit = 50


class WatchLists(Frame, frozen=True):
    """Told when chats of one's queues change from then on, or no more."""


class ListFilters(Frame, frozen=True):
    pass


class SaveFilter(Frame, frozen=True, kw_only=True):
    """A new one of this site, or with `filter` that one anew."""

    client_id: ClientId
    filter: PublicId | None = None
    site: PublicId
    name: Name
    rules: Rules
    shared: bool = False


class DeleteFilter(Frame, frozen=True):
    filter: PublicId


class Deed(Frame, frozen=True):
    """What is done with each; the rest of the fields belongs to some of them."""

    what: Literal["tag", "untag", "snooze", "wake", "close", "transfer", "prioritise"]
    tag: Tag | None = None
    when: Line | None = None
    zone: Zone | None = None
    to_queue: PublicId | None = None
    priority: Priority | None = None
    reason: Reason | None = None


class ChangeConversations(Frame, frozen=True):
    """A piece of the work; `after` goes on with it."""

    client_id: ClientId
    which: Which
    deed: Deed
    after: Cursor | None = None


ORDER_COMMANDS: Final[Mapping[str, type[Frame]]] = {
    "tag_conversation": TagConversation,
    "list_tags": ListTags,
    "snooze_conversation": SnoozeConversation,
    "wake_conversation": WakeConversation,
    "merge_visitors": MergeVisitors,
    "unmerge_visitors": UnmergeVisitors,
    "read_time": ReadTime,
    "list_earlier_chats": ListEarlierChats,
    "list_conversations": ListConversations,
    "watch_lists": WatchLists,
    "leave_lists": WatchLists,
    "list_filters": ListFilters,
    "save_filter": SaveFilter,
    "delete_filter": DeleteFilter,
    "change_conversations": ChangeConversations,
}

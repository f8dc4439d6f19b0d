"""Tags put on a chat and taken off again: on the record, for staff alone."""

from collections.abc import Collection
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.errors import NotAllowed
from support_chat.desk.inbox import tell_rows
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.masking import hidden_in
from support_chat.desk.once import asked, earlier
from support_chat.desk.site_masks import masks_for
from support_chat.desk.tags import MOST, keep_tags, tag_of
from support_chat.desk.telling import Telling
from support_chat.live.refusals import BadField


def tag_conversation(
    *,
    staff: Staff,
    conversation: int,
    client_id: UUID,
    add: Collection[str] = (),
    remove: Collection[str] = (),
) -> int:
    """Whoever may leave a note in a chat may tag it. A tag that is new to the site is made; BadField where it
    is what the site hides. Where nothing changes it is done. Returns the position."""
    if staff.agent is None:
        raise NotAllowed
    more, less = _tags("add", add), _tags("remove", remove)
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = author_for(staff.agent, row.site), asked("tag_conversation", *more, "", *less)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "note")
        if any(hidden_in(tag, masks_for(row.site_id)) for tag in more):
            raise BadField("add")
        body = {
            "added": [tag for tag in more if tag not in row.tags],
            "removed": [tag for tag in less if tag in row.tags and tag not in more],
        }
        if not any(body.values()):
            return row.position
        if len(row.tags) + len(body["added"]) - len(body["removed"]) > MOST:
            raise BadField("add")
        tagged = Draft(conversation=row, kind="tagged", author=author, body=body)
        tagged.client_id, tagged.asked = client_id, request
        append(telling, [tagged], now=now)
        keep_tags([row])
        tell_rows(telling, [row], now=now)
    return row.position


def _tags(field: str, given: Collection[str]) -> list[str]:
    tags = list(dict.fromkeys(map(tag_of, given)))
    if not all(tags):
        raise BadField(field)
    return tags

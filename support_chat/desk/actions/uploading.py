"""A file's life before and after its message: announced, kept, given up, removed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from support_chat.desk.database_time import database_now
from support_chat.desk.errors import IdReused, NotFound
from support_chat.desk.files.checking import Checked
from support_chat.desk.files.errors import TooMany
from support_chat.desk.files.kinds import Kind
from support_chat.desk.lines import Author
from support_chat.desk.masking import masked
from support_chat.desk.models import Attachment, Conversation, Deadline, Site
from support_chat.desk.site_masks import masks_for
from support_chat.live.refusals import Busy
from support_chat.settings.chat import CHECK_LASTS, FILES_LIE_FOR, FILES_LYING

NOT_SENT: Final = "file_not_sent"  # kind of deadline
_Gone: Final = Attachment.State.GONE
_CHECKED_BY: Final = 4 * CHECK_LASTS  # seconds; whoever checked it is dead by then
_DONE: Final = "-"  # begins the key of what has been removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A file that somebody means to upload. `conversation` where it is for this one alone."""

    site: Site
    conversation: Conversation | None
    author: Author
    client_id: UUID
    given_name: str
    given_sha256: str
    name: str
    kind: Kind


def announce(*, file: Announced) -> Attachment:
    """Its row, before any byte is kept, with the time at which it goes again unless it is sent.

    What was uploaded under this client_id is answered again; IdReused where that was another file.
    """
    masks = masks_for(file.site.pk)
    file = replace(file, name=masked(file.name, masks), given_name=masked(file.given_name, masks))
    with transaction.atomic():
        known = _uploaded(file.author).filter(client_id=file.client_id).select_for_update(no_key=True).first()
        if known is not None:
            return _again(known, file)
        if _uploaded(file.author).filter(entry=None).exclude(state=_Gone).count() >= FILES_LYING:
            raise TooMany
        try:
            made = _made(file)
        except IntegrityError as at_once:  # the same upload, twice at this moment
            raise Busy(after=2.0) from at_once
        due = database_now() + timedelta(seconds=FILES_LIE_FOR)
        Deadline.objects.create(kind=NOT_SENT, subject=made.public_id, due_at=due)
    return made


def _again(known: Attachment, file: Announced) -> Attachment:
    """The same once more. Where a check of it began long ago and nobody ended it, it is checked anew."""
    if known.state == _Gone:
        raise NotFound
    if known.given_sha256 != file.given_sha256:
        raise IdReused
    if known.state == Attachment.State.CHECKING:
        now = database_now()
        if known.created_at > now - timedelta(seconds=_CHECKED_BY):
            raise Busy(after=2.0)
        known.created_at = now
        known.save(update_fields=["created_at"])
    return known


def _uploaded(author: Author) -> QuerySet[Attachment]:
    return Attachment.objects.filter(uploader_role=author.role, uploader_id=author.id)


def _made(file: Announced) -> Attachment:
    return Attachment.objects.create(
        site=file.site,
        conversation=file.conversation,
        uploader_role=file.author.role,
        uploader_id=file.author.id,
        client_id=file.client_id,
        given_name=file.given_name,
        given_sha256=file.given_sha256,
        name=file.name,
        kind=file.kind.name,
        type=file.kind.type,
    )


def be_ready(*, attachment: Attachment, checked: Checked) -> Attachment:
    """It was checked, and its bytes are kept: it may be sent. NotFound where it was given up meanwhile."""
    facts = {
        "size": checked.size,
        "sha256": checked.sha256,
        "width": checked.width,
        "height": checked.height,
        "looks": checked.looks,
    }
    waiting = Attachment.objects.filter(pk=attachment.pk, state=Attachment.State.CHECKING)
    if not waiting.update(state=Attachment.State.READY, **facts):
        raise NotFound
    attachment.refresh_from_db()
    return attachment


def not_kept(*, attachment: Attachment) -> None:
    """It was refused: no row is left of it, so that the same file may come again."""
    with transaction.atomic():
        Deadline.objects.filter(kind=NOT_SENT, subject=attachment.public_id).delete()
        Attachment.objects.filter(pk=attachment.pk, state=Attachment.State.CHECKING).delete()


def give_up(*, author: Author, public_id: str) -> None:
    """Its uploader does not want to send it. NotFound where it is not theirs, or is sent by now."""
    mine = _uploaded(author).filter(public_id=public_id, entry=None).exclude(state=_Gone)
    if not mine.update(state=_Gone):
        raise NotFound


def drop_unsent(*, public_id: str) -> None:
    """Nobody has sent it in time."""
    Attachment.objects.filter(public_id=public_id, entry=None).update(state=_Gone)


def to_remove(most: int) -> list[Attachment]:
    """Files that nobody may have any more, and whose bytes are still there."""
    gone = Attachment.objects.filter(state=_Gone).exclude(key__startswith=_DONE)
    return list(gone.order_by("pk")[:most])


def give_up_blanked() -> int:
    """Whatever blanked an entry's words meant its files as well. How many there were."""
    return Attachment.objects.filter(state=Attachment.State.READY, entry__body__text="").update(state=_Gone)


def removed(*, attachments: Sequence[Attachment]) -> None:
    """Their bytes are gone. What was in a message keeps a row without a word of it; the others have none."""
    with transaction.atomic():
        for each in attachments:
            if each.entry_id is None:
                Deadline.objects.filter(kind=NOT_SENT, subject=each.public_id).delete()
                each.delete()
            else:
                each.state, each.key = _Gone, f"{_DONE}{each.pk}"
                each.given_name = each.given_sha256 = each.name = each.sha256 = each.type = ""
                each.save()

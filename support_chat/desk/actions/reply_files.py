"""Files go with canned replies: each is checked before it is kept, and again in every chat it is sent in."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from support_chat.desk.access import Staff
from support_chat.desk.errors import NotFound
from support_chat.desk.files.checking import check
from support_chat.desk.files.errors import NotChecked, WrongType
from support_chat.desk.files.kinds import KINDS
from support_chat.desk.files.names import safe_name, suffix_of
from support_chat.desk.library import canned_reply_to_arrange
from support_chat.desk.masking import masked
from support_chat.desk.models import CannedReply, ReplyFile
from support_chat.live.refusals import Refused

MOST: Final = 3  # with one reply
BYTES: Final = 1024 * 1024  # they lie in the database
_NOT_SAFE: Final = gettext_lazy("This file is damaged or not safe.")
_WHY: Final[dict[type[Refused], Promise]] = {
    WrongType: gettext_lazy("This kind of file is not taken, or the file is not what its name says."),
    NotChecked: gettext_lazy("Files cannot be checked right now. Please try again."),
}


def add_file(*, staff: Staff, reply: str, name: str, data: bytes) -> ReplyFile:
    """ValidationError in words for what is none of ours, too large or one too many."""
    row = canned_reply_to_arrange(staff, reply)
    suffix = suffix_of(name)
    if suffix not in KINDS:
        raise ValidationError(gettext("Files of this kind are not taken."))
    if not data or len(data) > BYTES:
        words = gettext("A file of a reply has up to %(size)s KB, and is not empty.")
        raise ValidationError(words % {"size": BYTES // 1024})
    content, kind = _checked(suffix, data), KINDS[suffix]
    named = {"name": masked(safe_name(name, kind.suffix)), "type": kind.type, "size": len(content)}
    with transaction.atomic(durable=True):
        held = CannedReply.objects.select_for_update(no_key=True).get(pk=row.pk)
        if ReplyFile.objects.filter(reply=held).count() >= MOST:
            raise ValidationError(gettext("A reply takes at most %(most)s files.") % {"most": MOST})
        return ReplyFile.objects.create(reply=held, content=content, **named)


def remove_file(*, staff: Staff, reply: str, file: str) -> None:
    row = canned_reply_to_arrange(staff, reply)
    with transaction.atomic(durable=True):
        deleted, _ = ReplyFile.objects.filter(reply=row, public_id=file).delete()
        if not deleted:
            raise NotFound


def _checked(suffix: str, data: bytes) -> bytes:
    """What is to be kept of it: pictures are made anew."""
    with TemporaryDirectory(prefix="reply-file-", ignore_cleanup_errors=True) as folder:
        (Path(folder) / "given").write_bytes(data)
        try:
            check(suffix, Path(folder))
        except Refused as refused:
            raise ValidationError(str(_WHY.get(type(refused), _NOT_SAFE))) from refused
        content = (Path(folder) / "file").read_bytes()
    if len(content) > BYTES:
        words = gettext("What is kept of this file is larger than %(size)s KB.")
        raise ValidationError(words % {"size": BYTES // 1024})
    return content

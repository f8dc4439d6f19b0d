"""An upload, from its first byte to a file that may be sent."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final
from uuid import UUID

from support_chat.desk import db
from support_chat.desk.actions.uploading import Announced, announce, be_ready, not_kept
from support_chat.desk.files import store
from support_chat.desk.files.checking import check, digest
from support_chat.desk.files.errors import TooLarge, WrongType
from support_chat.desk.files.kinds import KINDS
from support_chat.desk.files.names import GIVEN, safe_name, suffix_of
from support_chat.desk.files.pool import in_turn
from support_chat.desk.lines import Author
from support_chat.desk.models import Attachment, Conversation, Site
from support_chat.settings.chat import FILE_BYTES

_CHUNK: Final = 256 * 1024  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What somebody sends, and as whom. `body` is read once, on a thread."""

    author: Author
    site: Site
    conversation: Conversation | None
    client_id: UUID
    name: str
    body: IO[bytes]


async def take(upload: Upload) -> Attachment:
    """Check it and keep it; ready to be sent. Raises FileRefused, FileNotTaken, IdReused or Overloaded.

    Whoever sent it may be gone meanwhile: it comes to its end, so that nothing half done is left.
    """
    taking = asyncio.ensure_future(_taken(upload))
    taking.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(taking)


async def _taken(upload: Upload) -> Attachment:
    suffix = suffix_of(upload.name)
    if suffix not in KINDS:
        raise WrongType
    with TemporaryDirectory(prefix="upload-", ignore_cleanup_errors=True) as folder:
        given = await in_turn(_received, upload.body, Path(folder))
        attachment = await db.run(announce, file=_announced(upload, suffix, given))
        if attachment.state == Attachment.State.READY:
            return attachment
        return await _kept(attachment, suffix, Path(folder))


def _received(body: IO[bytes], folder: Path) -> str:
    """Write it into the folder; its digest."""
    store.need_room(FILE_BYTES)
    size = 0
    given = folder / "given"
    with store.room_or_refused(), given.open("wb") as file:
        for piece in store.in_pieces(body, _CHUNK):
            size += len(piece)
            if size > FILE_BYTES:
                raise TooLarge
            file.write(piece)
    return digest(given)


def _announced(upload: Upload, suffix: str, given: str) -> Announced:
    kind = KINDS[suffix]
    return Announced(
        site=upload.site,
        conversation=upload.conversation,
        author=upload.author,
        client_id=upload.client_id,
        given_name=upload.name[:GIVEN],
        given_sha256=given,
        name=safe_name(upload.name, kind.suffix),
        kind=kind,
    )


async def _kept(attachment: Attachment, suffix: str, folder: Path) -> Attachment:
    try:
        checked = await in_turn(check, suffix, folder)
        await in_turn(store.keep, attachment.key, folder)
        return await db.run(be_ready, attachment=attachment, checked=checked)
    except BaseException:
        await db.run(not_kept, attachment=attachment)
        raise

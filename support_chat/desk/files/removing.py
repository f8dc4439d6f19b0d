"""Removes the bytes of files that nobody may have any more. Every process looks; twice removed is removed."""

import asyncio
import logging
from typing import Final

from support_chat.desk import db
from support_chat.desk.actions.uploading import give_up_blanked, removed, to_remove
from support_chat.desk.files import store
from support_chat.desk.files.pool import reading
from support_chat.settings.chat import REMOVED_EVERY

log = logging.getLogger(__name__)

_AT_ONCE: Final = 20  # files
_BLANKED_EVERY: Final = 12  # looks: links refuse what is blanked at once, only its bytes stay for a minute


async def remove_for_ever() -> None:
    """For ever: look, remove, and look again."""
    looks = 0
    while True:
        try:
            if looks % _BLANKED_EVERY == 0:
                await db.run(give_up_blanked)
            await remove_some()
        except Exception:
            log.warning("Files could not be removed.", exc_info=True)
        looks += 1
        await asyncio.sleep(REMOVED_EVERY)


async def remove_some() -> int:
    """How many were removed."""
    gone = await db.read(to_remove, _AT_ONCE)
    for each in gone:
        await reading(store.remove, each.key)
        await db.run(removed, attachments=[each])
    return len(gone)

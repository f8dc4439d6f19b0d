"""What an agent has set for themselves, as their windows are told it."""

from support_chat.desk.events import OwnSettingsChanged
from support_chat.desk.models import User


def own_told(user: User) -> OwnSettingsChanged:
    return OwnSettingsChanged(keys=user.keys, undo_send=user.undo_send, share_drafts=user.share_drafts)

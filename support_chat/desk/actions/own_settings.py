"""What somebody on the staff sets for themselves alone: the language they read, their keys, for how long they
can take back what they send, and whether colleagues may read what they write."""

from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from support_chat.desk.card_free import holds_card
from support_chat.desk.models import Agent, User
from support_chat.desk.own import own_told
from support_chat.desk.telling import Telling
from support_chat.words import STAFF, languages_of

MOST_KEYS: Final = 100
LONGEST_ACTION: Final = 40  # characters of an action's name
LONGEST_UNDO: Final = 10  # seconds: so long a visitor waits for what is written already


def change_own_settings(
    *,
    user: User,
    language: str | None = None,
    keys: Mapping[str, str] | None = None,
    undo_send: int | None = None,
    share_drafts: bool | None = None,
) -> User:
    """Sets what is given, and tells their other windows. ValidationError by name says what is wrong."""
    if language is not None and language not in ("", *languages_of(STAFF)):
        raise ValidationError({"language": [gettext("This language is not spoken here.")]})
    if keys is not None and not _are_keys(keys):
        words = gettext("Each action has one character, or none; no two have the same.")
        raise ValidationError({"keys": [words]})
    if undo_send is not None and not 0 <= undo_send <= LONGEST_UNDO:
        raise ValidationError({"undo_send": [gettext("This is 0 to %(n)s seconds.") % {"n": LONGEST_UNDO}]})
    with Telling() as telling:
        row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        row.language = row.language if language is None else language
        row.keys = row.keys if keys is None else dict(keys)
        row.undo_send = row.undo_send if undo_send is None else undo_send
        row.share_drafts = row.share_drafts if share_drafts is None else share_drafts
        row.save(update_fields=["language", "keys", "undo_send", "share_drafts"])
        agent = Agent.objects.filter(user=row).first()
        if agent is not None:
            telling.state(agent.topic, {"staff": (own_told(row),)})
    return row


def _are_keys(keys: Mapping[str, str]) -> bool:
    """Which actions there are is the console's to know: one of another release has others."""
    used = [key for key in keys.values() if key]
    short = all(0 < len(action) <= LONGEST_ACTION for action in keys)
    alone = all(len(key) == 1 and key.isprintable() and not key.isspace() for key in used)
    unlike = len(used) == len(set(used))
    return len(keys) <= MOST_KEYS and short and alone and unlike and not holds_card(keys)

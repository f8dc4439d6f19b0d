"""A visitor on a shared device ends it all: their chat, and whatever opens it again from there."""

from datetime import timedelta
from uuid import uuid4

from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.drafting import forget_drafts
from support_chat.desk.actions.picks import forget_picks
from support_chat.desk.database_time import database_now
from support_chat.desk.ids import fingerprint, secret_token
from support_chat.desk.models import Visitor
from support_chat.desk.on_site import tell_on_site
from support_chat.desk.telling import Telling
from support_chat.settings.chat import FORGOTTEN_TOLD


def forget_visitor(*, visitor: Visitor) -> None:
    """End their open chat, and let no secret of theirs open anything any more. What was said stays with the
    team; what was begun and not said goes, and so does where they were and what was learnt of their words; a
    link that is in their own mail leads back."""
    for chat in visitor.conversations.exclude(state="closed").values_list("pk", flat=True):
        end_conversation(visitor=visitor, conversation=chat, client_id=uuid4())
    with Telling() as telling:
        rows = Visitor.objects.select_related("site").select_for_update(no_key=True, of=("self",))
        row = rows.get(pk=visitor.pk)
        row.token_sha256, row.forgotten_at = fingerprint(secret_token()), database_now()
        row.page, row.referrer, row.trail, row.zone, row.device = "", "", [], "", ""
        gone = ["page", "referrer", "trail", "zone", "device"]
        row.save(update_fields=["token_sha256", "forgotten_at", *gone])
        row.invitations.filter(conversation=None).delete()
        tell_on_site(telling, [row.site])
        row.sessions.filter(ended_at=None).update(ended_at=row.forgotten_at)
        row.handles.all().delete()
        row.keys.all().delete()
        chats = list(row.conversations.values_list("pk", flat=True))
        forget_drafts(conversations=chats)
        forget_picks(conversations=chats)


def forgotten_lately() -> list[str]:
    """The topics of who did so just now: by these their sockets are known in every process."""
    since = database_now() - timedelta(seconds=FORGOTTEN_TOLD)
    return [visitor.topic for visitor in Visitor.objects.filter(forgotten_at__gt=since).only("public_id")]

"""How a chat stood, read from its log: what is erased there is not known here."""

from collections.abc import Sequence
from typing import Final

from agents.replies.learner import Choice
from agents.replies.moment import Moment
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Conversation, Entry, Pick

MESSAGES: Final = 60  # the newest of a chat: what was said before says little about what comes next

Said = tuple[bool, str]  # whether the visitor said it, the text


def moment_of(conversation: Conversation) -> Moment:
    """As it stands now."""
    picks = Pick.objects.filter(conversation=conversation).order_by("pk")
    sent = picks.values_list("reply__public_id", flat=True)
    return _moment(_said(conversation.pk, conversation.position), tuple(sent))


def texts_of_ours(conversation: Conversation) -> set[str]:
    """Of our newest messages here, without the white space at their ends."""
    said = _said(conversation.pk, conversation.position)
    return {text.strip() for visitor, text in said if not visitor}


def choice_of(pick: Pick) -> Choice:
    """The chat as it stood when this was made."""
    before = Pick.objects.filter(conversation=pick.conversation_id, pk__lt=pick.pk).order_by("pk")
    sent = tuple(before.values_list("reply__public_id", flat=True))
    said = _said(pick.conversation_id, pick.position)
    return Choice(_moment(said, sent), pick.typed, pick.reply.public_id)


def _said(conversation: int, until: int) -> list[Said]:
    rows = Entry.objects.filter(conversation=conversation, kind="message", position__lte=until)
    newest = list(rows.select_related("body").order_by("-position")[:MESSAGES])[::-1]
    return [(row.author_role == "visitor", str(body_of(row).get("text", ""))) for row in newest]


def _moment(said: Sequence[Said], sent: tuple[str, ...]) -> Moment:
    last = max((n for n, (visitor, _) in enumerate(said) if not visitor), default=-1)
    return Moment(
        said=" ".join(text for _, text in said[last + 1 :]),
        earlier=" ".join(text for visitor, text in said[: last + 1] if visitor),
        ours=said[last][1] if last >= 0 else "",
        sent=sent,
    )

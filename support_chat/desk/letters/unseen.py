"""The letter with answers that a visitor has not seen."""

from collections.abc import Sequence
from typing import Final

from django.core.mail import EmailMultiAlternatives

from support_chat.desk.bodies import body_of
from support_chat.desk.history import read_by
from support_chat.desk.language import words_of
from support_chat.desk.letters.envelope import letter, one_line
from support_chat.desk.letters.links import link_to_chat
from support_chat.desk.models import Conversation, Entry, Outbox
from support_chat.desk.revisions import revised_in
from support_chat.words import Words

_LETTER: Final = """%(answers)s

%(go_on)s %(link)s
%(once)s

%(why)s
"""


def unseen_in(chat: Conversation, *, after: int, upto: int | None = None) -> Sequence[Entry]:
    """What the team said beyond this, as the visitor counts, and they have not read."""
    known = max(after, read_by(chat, "visitor").visible)
    rows = chat.entries.filter(kind="message", author_role="agent", shown=True, visible__gt=known)
    rows = rows if upto is None else rows.filter(visible__lte=upto)
    return list(rows.select_related("body").order_by("position"))


def unseen(row: Outbox) -> EmailMultiAlternatives | None:
    """None when they have seen it all meanwhile."""
    told = row.payload
    chat = Conversation.objects.select_related("site").get(public_id=told["chat"])
    entries = unseen_in(chat, after=told["after"], upto=told["upto"])
    now = revised_in(chat)
    texts = [(each, now.get(each.position, body_of(each).get("text", ""))) for each in entries]
    words = words_of(chat)
    said = [f"{_wrote(words, each)}\n{_quoted(text)}" for each, text in texts if text]
    if not said:
        return None
    site = {"site": one_line(chat.site.name)}
    text = _letter(words, answers="\n\n".join(said), link=link_to_chat(row), **site)
    return letter(row, to=told["to"], subject=words.gettext("%(site)s has answered you") % site, text=text)


def _letter(words: Words, *, answers: str, link: str, site: str) -> str:
    left = words.gettext(
        "You get this because you left your address in a chat with %(site)s, "
        "and had left before these answers came."
    )
    return _LETTER % {
        "answers": answers,
        "link": link,
        "go_on": words.gettext("Go on with this chat:"),
        "once": words.gettext(
            "The link opens it once, within a week. If it does not, write to us again on our website."
        ),
        "why": left % {"site": site},
    }


def _wrote(words: Words, entry: Entry) -> str:
    name = one_line(entry.public_name) or words.gettext("Our team")
    return words.gettext("%(name)s wrote:") % {"name": name}


def _quoted(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())

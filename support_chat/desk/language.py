"""In which language a visitor reads what we say of a chat."""

from typing import Final

from support_chat.desk.models import Conversation, Site
from support_chat.words import Words, language_for, words_in

LAUNCHER: Final = ("Open chat", "Minimise chat")  # as the panel says them


def words_of(chat: Conversation) -> Words:
    """The site's own, or else its visitor's, as in the widget."""
    return words_in(language_for(chat.site.locale, chat.locale))


def launcher_words(site: Site) -> str:
    """What launcher and frame are called before the panel has said anything, for `data-words` of the snippet:
    to open, to minimise, the frame, with a comma between. Empty for English, which the loader speaks."""
    language = language_for(site.locale)
    title = words_in(language).gettext("Chat with %(site)s") % {"site": site.name}
    said = [words_in(language, "djangojs").gettext(text) for text in LAUNCHER]
    return "" if said == list(LAUNCHER) else ",".join(text.replace(",", "") for text in [*said, title])

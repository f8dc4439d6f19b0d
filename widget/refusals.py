"""Why a page shows no chat, in words for whoever looks at it."""

from dataclasses import dataclass, replace
from typing import Self

from django.utils.translation import gettext_noop

from support_chat.words import Words


@dataclass(frozen=True)
class Refusal:
    status: int
    title: str
    words: str
    for_owner: str

    def read_in(self, words: Words) -> Self:
        title, more, for_owner = map(words.gettext, (self.title, self.words, self.for_owner))
        return replace(self, title=title, words=more, for_owner=for_owner)


UNKNOWN_SITE = Refusal(
    404,
    gettext_noop("This chat cannot be found"),
    gettext_noop("Please get in touch another way."),
    gettext_noop("If this is your website: the key of the chat is not known here. Copy the snippet again."),
)
FOREIGN_ORIGIN = Refusal(
    403,
    gettext_noop("The chat is not available on this page"),
    gettext_noop("Please get in touch another way."),
    gettext_noop("If this is your website: add its address to the chat’s list of allowed websites."),
)
NO_ORIGIN = Refusal(
    400,
    gettext_noop("The chat cannot be shown here"),
    gettext_noop("Please open it from the website you came from."),
    gettext_noop(
        "If this is your website: the snippet shows the chat, on a page with an address of its own."
    ),
)

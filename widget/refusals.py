"""Why a page shows no chat, in words for whoever looks at it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    status: int
    title: str
    words: str
    for_owner: str


UNKNOWN_SITE = Refusal(
    404,
    "This chat cannot be found",
    "Please get in touch another way.",
    "If this is your website: the key of the chat is not known here. Copy the snippet again.",
)
FOREIGN_ORIGIN = Refusal(
    403,
    "The chat is not available on this page",
    "Please get in touch another way.",
    "If this is your website: add its address to the chat’s list of allowed websites.",
)
NO_ORIGIN = Refusal(
    400,
    "The chat cannot be shown here",
    "Please open it from the website you came from.",
    "If this is your website: the chat is shown by the snippet, on a page with an address of its own.",
)

"""What the console is made of."""

from typing import Final

from support_chat.page_files import PageFiles

CONSOLE: Final = PageFiles(
    entry="agents/console.js",
    styles=(
        "support_chat/chat.css",
        "support_chat/timeline.css",
        "agents/console.css",
        "agents/bar.css",
        "agents/lists.css",
        "agents/chat_view.css",
        "agents/writing.css",
        "agents/visitor.css",
        "agents/overlays.css",
        "agents/narrow.css",
    ),
    later_styles=(
        "agents/dialogs.css",
        "agents/keys.css",
        "agents/person.css",
        "agents/attention.css",
        "agents/board.css",
        "agents/views.css",
        "agents/sending.css",
        "agents/company.css",
        "agents/search.css",
        "agents/on_site.css",
        "agents/density.css",
    ),
)

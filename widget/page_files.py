"""What the panel is made of."""

from typing import Final

from support_chat.page_files import PageFiles

PANEL: Final = PageFiles(
    entry="widget/panel.js",
    styles=("support_chat/chat.css", "widget/panel.css", "widget/panel_head.css", "widget/panel_box.css"),
    later_styles=("support_chat/timeline.css", "widget/panel_choices.css", "widget/panel_talk.css"),
)

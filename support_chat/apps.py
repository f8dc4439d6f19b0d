from django.apps import AppConfig
from django.core import checks

from support_chat.bundles import check_assets
from support_chat.module_graph import check_imports


class SupportChatConfig(AppConfig):
    """The JavaScript that both faces share, and the tags that bring it into a page."""

    name = "support_chat"
    verbose_name = "Support Chat"

    def ready(self) -> None:
        checks.register(check_imports, checks.Tags.staticfiles)
        checks.register(check_assets, checks.Tags.staticfiles)

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "support_chat.desk"
    label = "desk"
    verbose_name = "Desk"

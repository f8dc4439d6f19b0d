"""For operators: everything to look at, people to let in or out. Chats are changed by the product alone."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from support_chat.desk import models

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    AccountAdmin = UserAdmin[models.User]
else:
    ModelAdmin, AccountAdmin = admin.ModelAdmin, UserAdmin  # generic to the type checker alone


class LookOnly(ModelAdmin):
    """A table that only actions and the journal write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PeopleAdmin(AccountAdmin):
    """Accounts. They are deactivated, never deleted: the log names them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.register(models.User, PeopleAdmin)
for name in models.__all__:
    if name != "User":
        admin.site.register(getattr(models, name), LookOnly)

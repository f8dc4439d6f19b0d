from typing import ClassVar

from django.db import models

from support_chat.desk.ids import public_id
from support_chat.desk.models.agent import Agent
from support_chat.desk.models.site import Site
from support_chat.desk.validators import valid_steps


class Macro(models.Model):
    """Several steps under one name, which an agent does with a chat of theirs at once."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="macros")
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="macros")
    name = models.CharField(max_length=60)
    steps = models.JSONField(default=list, validators=[valid_steps])  # as desk/macros.py has them
    deleted_at = models.DateTimeField(null=True, blank=True)  # it can be brought back

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "name"],
                condition=models.Q(owner=None, deleted_at=None),
                name="one_shared_macro_a_name",
            ),
            models.UniqueConstraint(
                fields=["site", "owner", "name"],
                condition=models.Q(owner__isnull=False, deleted_at=None),
                name="one_own_macro_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def personal(self) -> bool:
        return self.owner_id is not None

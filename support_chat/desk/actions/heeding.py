"""Of what an agent wants to hear, as they set it themselves."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from support_chat.desk.access import Staff
from support_chat.desk.errors import NotAllowed
from support_chat.desk.locks import lock_agents
from support_chat.desk.models import Attention
from support_chat.desk.telling import Telling

ATTENTION: Final = ("scope", "quiet", "time_zone", "words")


def set_attention(*, staff: Staff, values: Mapping[str, Any]) -> Attention:
    """Some of `ATTENTION`, for all browsers of this agent. ValidationError by name says what is wrong."""
    if staff.agent is None:
        raise NotAllowed
    with Telling():
        agent = lock_agents([staff.agent.pk])[staff.agent.pk]
        row = Attention.objects.filter(agent=agent).first() or Attention(agent=agent)
        for name, value in values.items():
            if name not in ATTENTION:
                raise ValidationError({name: [gettext("There is no such setting here.")]})
            setattr(row, name, value)
        row.full_clean(exclude=["agent"], validate_unique=False)
        row.save()
    return row

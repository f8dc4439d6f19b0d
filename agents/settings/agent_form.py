"""What an agent can, how much at once, in which queues, and when they work."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from agents.settings.fields import CountField, SkillsField
from agents.settings.forms import HoursForm, shown_hours
from support_chat.desk.actions.people import ANSWERS, HELPS, NOWHERE, place_in
from support_chat.desk.errors import NotAllowed
from support_chat.desk.models import Agent, Queue
from support_chat.desk.validators import valid_zone
from support_chat.settings.chat import MOST_CAPACITY

PLACES = [
    (ANSWERS, gettext_lazy("Answers it")),
    (HELPS, gettext_lazy("Helps out when chats have waited")),
    (NOWHERE, gettext_lazy("Not in it")),
]


class AgentForm(HoursForm):
    capacity = CountField(
        label=gettext_lazy("Chats at once"),
        min_value=1,
        max_value=MOST_CAPACITY,
        help_text=gettext_lazy("They are given no more. Who has more already keeps them."),
        unit="",
    )
    skills = SkillsField(
        label=gettext_lazy("Skills"),
        help_text=gettext_lazy("Separated by commas, such as “lang:de, topic:billing”."),
    )

    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        validators=[valid_zone],
        widget=forms.TextInput({"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Such as Europe/Berlin, where they work."),
    )
    no_day = gettext_lazy("Nobody could ever ring them: give at least one day its hours.")

    def __init__(self, agent: Agent, queues: Sequence[Queue], data: Any = None) -> None:
        self._queues = {f"queue-{queue.public_id}": queue for queue in queues}
        places = {name: _place(agent, queue) for name, queue in self._queues.items()}
        known = {name: getattr(agent, name) for name in ("capacity", "skills", "time_zone")}
        super().__init__(data, initial=known | places | shown_hours(agent.hours))
        self.fields["always"].label = gettext_lazy("No fixed hours: whenever they are here")
        self.everywhere = [self._queues[name] for name, place in places.items() if place is None]
        for name, place in places.items():
            if place is not None:
                self.fields[name] = forms.ChoiceField(
                    label=self._queues[name].name,
                    choices=PLACES,
                    required=False,
                    show_hidden_initial=True,
                )

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self._queues if name in self.fields]

    def settings(self) -> dict[str, Any]:
        return {name: value for name, value in self.changes().items() if name not in self._queues}

    def moves(self) -> list[tuple[str, str]]:
        """(queue's public id, place) where that changed; new places first, so that nobody is left without."""
        changed = [
            (self._queues[name].public_id, value)
            for name, value in self.changes().items()
            if name in self._queues
        ]
        return sorted(changed, key=lambda move: move[1] == NOWHERE)


def _place(agent: Agent, queue: Queue) -> str | None:
    """None for whoever answers the whole site."""
    try:
        return place_in(agent, queue)
    except NotAllowed:
        return None

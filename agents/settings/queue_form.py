"""The settings of a queue, each with its unit and what it does."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from agents.settings.fields import CountField, SkillsField
from agents.settings.forms import HoursForm, shown_hours
from support_chat.desk.actions.configuring import QUEUE_SETTINGS
from support_chat.desk.models import Queue

ROUTING = [
    (Queue.Routing.AUTOMATIC, gettext_lazy("Automatic: the next free agent has the chat at once")),
    (Queue.Routing.OFFER, gettext_lazy("Offer: they accept or decline it; then the next is asked")),
    (
        Queue.Routing.MANUAL,
        gettext_lazy("By hand: agents take chats from the queue themselves, the first one first"),
    ),
]
STRATEGY = [
    (Queue.Strategy.LEAST_LOADED, gettext_lazy("Whoever has the most room left")),
    (
        Queue.Strategy.LONGEST_IDLE,
        gettext_lazy("Whoever has been given and has finished nothing for longest"),
    ),
    (Queue.Strategy.ROUND_ROBIN, gettext_lazy("In turn: whoever was given a chat longest ago")),
]


SECONDS = gettext_lazy("seconds")


def number(name: str, label: Promise, words: Promise, unit: Promise = SECONDS) -> CountField:
    """A whole number within what the model allows, empty where that may be; with its unit."""
    column: Any = Queue._meta.get_field(name)
    low = next(each.limit_value for each in column.validators if isinstance(each, MinValueValidator))
    high = next(each.limit_value for each in column.validators if isinstance(each, MaxValueValidator))
    limits = {"min_value": low, "max_value": high, "required": not column.null}
    return CountField(label=label, help_text=words, unit=unit, **limits)


class QueueForm(HoursForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("For the team; visitors never read it."),
    )
    routing = forms.ChoiceField(
        label=gettext_lazy("How a chat gets to its agent"), choices=ROUTING, widget=forms.RadioSelect
    )
    strategy = forms.ChoiceField(
        label=gettext_lazy("Who of those who are free"), choices=STRATEGY, widget=forms.RadioSelect
    )
    offer_lasts = number(
        "offer_lasts",
        gettext_lazy("An offer lasts"),
        gettext_lazy("Then the next agent is asked. Counts for “Offer” alone."),
    )
    backup_after = number(
        "backup_after",
        gettext_lazy("Helpers get a chat after"),
        gettext_lazy("Who only helps out in this queue gets chats that have waited so long."),
    )
    cool_down = number(
        "cool_down",
        gettext_lazy("Rest between two chats"),
        gettext_lazy("No agent gets another chat before. 0: none."),
    )
    first_reply_within = number(
        "first_reply_within",
        gettext_lazy("First reply within"),
        gettext_lazy("A chat without one is taken back and goes to somebody else."),
    )
    skills = SkillsField(
        label=gettext_lazy("Skills that every chat needs"),
        help_text=gettext_lazy(
            "Such as “lang:de, topic:billing”. Only agents with all of them get its chats."
        ),
    )
    speaks_locale = forms.BooleanField(
        required=False,
        label=gettext_lazy("Also the language of the visitor’s browser, as a skill (“lang:…”)"),
    )
    relaxes_after = number(
        "relaxes_after",
        gettext_lazy("Skills may be missing after"),
        gettext_lazy("From then on any agent of the queue may get the chat. Empty: never."),
    )
    closes_at_waiting = number(
        "closes_at_waiting",
        gettext_lazy("Takes no new chats while so many wait"),
        gettext_lazy("Visitors may leave a message instead. Empty: no limit."),
        unit=gettext_lazy("chats"),
    )
    closes_at_wait = number(
        "closes_at_wait",
        gettext_lazy("Takes no new chats while the first waits longer than"),
        gettext_lazy("Visitors may leave a message instead. Empty: no limit."),
    )

    def __init__(self, queue: Queue, data: Any = None) -> None:
        known = {name: getattr(queue, name) for name in QUEUE_SETTINGS if name != "hours"}
        super().__init__(data, initial=known | shown_hours(queue.hours))
        self.fields["always"].label = gettext("Open whenever its site is")

"""Finding closed chats: newest first, by day, queue, agent and visitor, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from agents.transcripts.transcript import RELATED
from support_chat.desk.access import Staff, chats_to_export, queues_to_export
from support_chat.desk.models import Agent, Conversation, Queue, Site

PAGE: Final = 50  # chats
DAYS: Final = (date(1970, 1, 1), date(9000, 1, 1))  # beyond them nothing was closed, and clocks run over


def _day_box() -> forms.DateInput:
    """As browsers write a day, whatever the language."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    """What a manager may ask for; every field may stay empty."""

    since = forms.DateField(required=False, label=gettext_lazy("From"), widget=_day_box())
    until = forms.DateField(required=False, label=gettext_lazy("To"), widget=_day_box())
    queue = forms.ChoiceField(required=False, label=gettext_lazy("Queue"))
    agent = forms.ChoiceField(required=False, label=gettext_lazy("Agent"))
    visitor = forms.CharField(required=False, label=gettext_lazy("Visitor"), max_length=60)
    spam = forms.BooleanField(required=False, label=gettext_lazy("Spam only"))

    def __init__(self, staff: Staff, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chats = chats_to_export(staff)
        queues = Queue.objects.filter(pk__in=queues_to_export(staff))
        agents = Agent.objects.filter(pk__in=chats.values("last_owner")).select_related("user")
        self._offer("queue", [(queue.public_id, queue.name) for queue in queues.order_by("name")])
        self._offer("agent", sorted(((agent.public_id, agent.user.name) for agent in agents), key=_by_name))

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("All")), *choices]

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        since, until = asked.get("since"), asked.get("until")
        if since and until and since > until:
            raise forms.ValidationError(gettext("The first day must not be after the last."))
        return asked


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


@dataclass(frozen=True, slots=True)
class Page:
    """At most `PAGE` chats; `older` is the id to ask on from, or None at the end."""

    chats: list[Conversation]
    older: str | None


def find(staff: Staff, asked: dict[str, Any], after: str = "") -> Page:
    """The page of what is asked for that follows the chat `after`; the newest without it."""
    chats = chats_to_export(staff).select_related(*RELATED).order_by("-closed_at", "-pk")
    chats = chats.filter(_wanted(staff, asked)).filter(_beyond(chats, after))
    found = list(chats[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].public_id if len(found) > PAGE else None)


def _wanted(staff: Staff, asked: dict[str, Any]) -> Q:
    wanted = Q(spam=bool(asked.get("spam")))
    if asked.get("since") or asked.get("until"):
        days = [_of_site(site, asked.get("since"), asked.get("until")) for site in staff.sites]
        wanted &= Q(*days, _connector=Q.OR)
    if asked.get("queue"):
        wanted &= Q(queue__public_id=asked["queue"])
    if asked.get("agent"):
        wanted &= Q(last_owner__public_id=asked["agent"])
    if asked.get("visitor"):
        name = asked["visitor"].strip()
        wanted &= Q(visitor__name__icontains=name) | Q(visitor__full_name__icontains=name)
    return wanted


def _of_site(site: Site, since: date | None, until: date | None) -> Q:
    return Q(site=site) & closed_between(since, until, ZoneInfo(site.time_zone))


def closed_between(since: date | None, until: date | None, zone: ZoneInfo) -> Q:
    """Closed on these days, the last one included, as the clocks of this zone count them."""
    between = Q()
    if since:
        between &= Q(closed_at__gte=_midnight(since, zone))
    if until:
        between &= Q(closed_at__lt=_midnight(min(until, DAYS[1]) + timedelta(days=1), zone))
    return between


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(min(max(day, DAYS[0]), DAYS[1]), time(), zone)


def _beyond(chats: "QuerySet[Conversation]", after: str) -> Q:
    """Older than the chat `after`; everything, where that is none of theirs."""
    if not after or "\0" in after:  # which PostgreSQL refuses in the middle of a query
        return Q()
    last = chats.filter(public_id=after).values_list("closed_at", "pk").first()
    if last is None:
        return Q()
    return Q(closed_at__lt=last[0]) | Q(closed_at=last[0], pk__lt=last[1])

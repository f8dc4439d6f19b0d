"""The settings of a site: its name, its time zone, its hours; and beside them the notice and the pause."""

from datetime import UTC, datetime
from math import ceil
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from agents.settings.forms import HoursForm, SettingsForm, shown_hours
from support_chat.desk.availability import zone_of
from support_chat.desk.models import Site
from support_chat.desk.validators import valid_zone


class SiteForm(HoursForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("Visitors read “Chat with …”.")
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        validators=[valid_zone],
        widget=forms.TextInput({"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Such as Europe/Berlin. All times of this page are meant in it."),
    )

    previews = forms.BooleanField(
        required=False,
        label=gettext_lazy("Agents see what visitors type before they send it"),
        help_text=gettext_lazy("Visitors are told so beside their text box. Nothing of it is kept."),
    )
    verified_only = forms.BooleanField(
        required=False,
        label=gettext_lazy("Only visitors whom the website has named may begin a chat"),
        help_text=gettext_lazy(
            "Needs a signed identity from the website. Others are asked to sign in there."
        ),
    )

    def __init__(self, site: Site, data: Any = None) -> None:
        named = {name: getattr(site, name) for name in ("name", "time_zone", "previews", "verified_only")}
        super().__init__(data, initial=named | shown_hours(site.hours))
        self.fields["always"].label = gettext("Open day and night")


def zones() -> list[str]:
    return sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


class NoticeForm(SettingsForm):
    prefix = "notice"
    text = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Notice to visitors"),
        help_text=gettext_lazy(
            "One line above their text box, for instance about late deliveries. Empty: none."
        ),
    )

    def __init__(self, site: Site, data: Any = None) -> None:
        super().__init__(data, initial={"text": site.notice})


class PauseForm(SettingsForm):
    prefix = "pause"
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("New chats are possible again from then on."),
    )
    text = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("What visitors read"),
        help_text=gettext_lazy("Empty: our usual words."),
    )

    def __init__(self, site: Site, data: Any = None) -> None:
        self._zone = zone_of(site)
        super().__init__(data, initial={"text": site.pause_text})

    def clean_until(self) -> datetime:
        """In the site's own zone, whatever the server's is."""
        until: datetime = self.cleaned_data["until"].replace(tzinfo=self._zone)
        if until <= datetime.now(UTC):
            raise ValidationError(gettext("Choose a time that is still to come."))
        return until

    def seconds(self) -> int:
        """From now on."""
        until: datetime = self.cleaned_data["until"]
        return max(1, ceil((until - datetime.now(UTC)).total_seconds()))

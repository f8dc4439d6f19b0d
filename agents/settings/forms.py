"""What the settings' forms have in common: what somebody did not touch is not sent back, and what the desk
refuses stands beside its field."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from agents.settings.fields import DAY_NAMES, DayField, HolidaysField
from support_chat.desk.hours import DAYS


class SettingsForm(forms.Form):
    """Each field carries what it showed, so that two managers who save one after the other keep each other's
    changes."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            field.show_hidden_initial = True

    def changes(self) -> dict[str, Any]:
        """What was changed, as the desk takes it."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def refuse(self, wrong: ValidationError) -> None:
        """Beside its field, what has one."""
        for name, messages in wrong.message_dict.items():
            self.add_error(name if name in self.fields else None, messages)


class HoursForm(SettingsForm):
    """Opening hours, or those of somebody's work, among other settings."""

    no_day = gettext_lazy("Nobody could ever write: give at least one day its hours.")
    always = forms.BooleanField(required=False)
    mon = DayField(label=DAY_NAMES["mon"])
    tue = DayField(label=DAY_NAMES["tue"])
    wed = DayField(label=DAY_NAMES["wed"])
    thu = DayField(label=DAY_NAMES["thu"])
    fri = DayField(label=DAY_NAMES["fri"])
    sat = DayField(label=DAY_NAMES["sat"])
    sun = DayField(label=DAY_NAMES["sun"])
    holidays = HolidaysField(
        label=gettext_lazy("Holidays and special days"),
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line. “12-25 closed” is every year, “2026-12-31 9:00–13:00” that day only."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("always") and not self.errors and not any(cleaned[day] for day in DAYS):
            self.add_error("mon", self.no_day)
        return cleaned

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[day] for day in DAYS]

    def hours(self) -> dict[str, Any] | None:
        """As desk/hours.py has them; None: always open."""
        cleaned = self.cleaned_data
        if cleaned["always"]:
            return None
        week = {day: cleaned[day] for day in DAYS if cleaned[day]}
        return {"week": week, **({"holidays": cleaned["holidays"]} if cleaned["holidays"] else {})}

    def changes(self) -> dict[str, Any]:
        changed = super().changes()
        of_hours = {"always", "holidays", *DAYS} & set(changed)
        rest = {name: value for name, value in changed.items() if name not in of_hours}
        return rest | {"hours": self.hours()} if of_hours else rest


def shown_hours(hours: Mapping[str, Any] | None) -> dict[str, Any]:
    """The initial values of such a form."""
    known = hours or {}
    week = known.get("week", {})
    return {
        "always": hours is None,
        "holidays": known.get("holidays", []),
        **{day: week.get(day, []) for day in DAYS},
    }

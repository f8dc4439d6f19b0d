"""Fields of the settings' forms, between what people type and what the desk keeps."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from agents.settings.hours_text import (
    Unreadable,
    read_holidays,
    read_intervals,
    write_holidays,
    write_intervals,
)
from support_chat.desk.hours import DAYS, InvalidHours, hours_of
from support_chat.desk.theme import COLOUR

DAY_NAMES: Final = dict(
    zip(
        DAYS,
        (
            gettext_lazy("Monday"),
            gettext_lazy("Tuesday"),
            gettext_lazy("Wednesday"),
            gettext_lazy("Thursday"),
            gettext_lazy("Friday"),
            gettext_lazy("Saturday"),
            gettext_lazy("Sunday"),
        ),
        strict=True,
    )
)


class TypedField(forms.CharField):
    """Text that stands for something else, and is read back as soon as it is sent."""

    def read(self, text: str) -> Any:
        """Unreadable says why not."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        raise NotImplementedError

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return self.read(super().to_python(value) or "")
        except Unreadable as wrong:
            raise ValidationError(str(wrong)) from wrong

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else self.write(value)


class DayField(TypedField):
    """The intervals of one day of the week."""

    def read(self, text: str) -> Any:
        return read_intervals(text)

    def write(self, value: Any) -> str:
        return write_intervals(value)

    def clean(self, value: Any) -> Any:
        return _as_hours(super().clean(value), {"week": {"mon": super().clean(value)}})


class HolidaysField(TypedField):
    widget = forms.Textarea

    def read(self, text: str) -> Any:
        return read_holidays(text)

    def write(self, value: Any) -> str:
        return write_holidays(value)

    def clean(self, value: Any) -> Any:
        return _as_hours(super().clean(value), {"holidays": super().clean(value)})


def _as_hours(value: Any, alone: Any) -> Any:
    """What the desk says against it, without where it stands: it is said beside the field."""
    try:
        hours_of(alone)
    except InvalidHours as wrong:
        raise ValidationError(wrong.why) from wrong
    return value


class SkillsField(TypedField):
    def read(self, text: str) -> Any:
        return [word.strip().lower() for word in text.replace(";", ",").split(",") if word.strip()]

    def write(self, value: Any) -> str:
        return ", ".join(value)


class CountField(forms.IntegerField):
    """A whole number of something."""

    def __init__(self, *, unit: Promise | str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit = unit


class ColourField(TypedField):
    """ "#12574F", "12574f" and "#abc" are read as browsers read them."""

    def read(self, text: str) -> Any:
        digits = text.strip().lower().removeprefix("#")
        if not digits:
            return ""
        colour = "#" + (digits if len(digits) != 3 else "".join(each * 2 for each in digits))
        if not COLOUR.fullmatch(colour):
            raise Unreadable(gettext("“%(text)s” is not a colour: write it as #12574f.") % {"text": text})
        return colour

    def write(self, value: Any) -> str:
        return str(value)

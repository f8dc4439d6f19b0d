"""What may be set by hand, in Django's terms: models name these, and so do migrations, so that every door
refuses the same."""

import re
from collections.abc import Callable
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext

from support_chat.desk.alerts import alerts_of
from support_chat.desk.hours import every_day, hours_of
from support_chat.desk.invalid import Invalid
from support_chat.desk.invitations import invitations_of
from support_chat.desk.macros import steps_of
from support_chat.desk.masks import masks_of
from support_chat.desk.origins import normal_origin
from support_chat.desk.prechat import prechat_of
from support_chat.desk.starters import starters_of
from support_chat.desk.theme import COLOUR

MOST_SKILLS: Final = 20
MOST_ORIGINS: Final = 100
_SKILL: Final = re.compile(r"[a-z]+:[a-z0-9-]{1,40}", re.ASCII)  # "lang:de", "topic:billing"


def valid_hours(value: Any) -> None:
    """Opening hours as desk/hours.py has them."""
    _unless_invalid(hours_of, value)


def valid_quiet(value: Any) -> None:
    """Intervals of every day, as desk/hours.py has them."""
    _unless_invalid(every_day, value)


def valid_alerts(value: Any) -> None:
    """Steps as desk/alerts.py has them."""
    _unless_invalid(alerts_of, value)


def valid_zone(value: str) -> None:
    """A time zone by its IANA name."""
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError) as wrong:
        words = gettext("There is no time zone of this name: write one as “Europe/Lisbon”.")
        raise ValidationError(words) from wrong


def valid_language(value: str) -> None:
    """One that visitors may read, or "" for each visitor's own."""
    if value and value not in dict(settings.LANGUAGES):
        words = gettext("Choose one of these, or none: %(known)s.")
        raise ValidationError(words % {"known": ", ".join(dict(settings.LANGUAGES))})


def valid_skills(value: Any) -> None:
    """What an agent has to bring: a list of kind:name."""
    skills = value if isinstance(value, list) else [None]
    if len(skills) > MOST_SKILLS or not all(
        isinstance(skill, str) and _SKILL.fullmatch(skill) for skill in skills
    ):
        words = gettext("Write at most %(most)s skills, each as “lang:de” or “topic:billing”.")
        raise ValidationError(words % {"most": MOST_SKILLS})


def valid_masks(value: Any) -> None:
    """What is hidden beside card numbers, as desk/masks.py has it."""
    _unless_invalid(masks_of, value)


def valid_starters(value: Any) -> None:
    """What visitors may begin with, as desk/starters.py has it."""
    _unless_invalid(starters_of, value)


def valid_prechat(value: Any) -> None:
    """What is asked before the first word, as desk/prechat.py has it."""
    _unless_invalid(prechat_of, value)


def valid_invitations(value: Any) -> None:
    """When the site speaks first, as desk/invitations.py has it."""
    _unless_invalid(invitations_of, value)


def valid_steps(value: Any) -> None:
    """What a macro does, as desk/macros.py has it."""
    _unless_invalid(steps_of, value)


def valid_origins(value: Any) -> None:
    """Websites, as browsers write their origins."""
    texts = value if isinstance(value, list) else [None]
    if len(texts) > MOST_ORIGINS:
        raise ValidationError(gettext("Write at most %(most)s websites.") % {"most": MOST_ORIGINS})
    for text in texts:
        if not isinstance(text, str) or normal_origin(text) is None:
            words = gettext("“%(text)s” is not the origin of a website: write it as https://shop.example.")
            raise ValidationError(words % {"text": text})


def valid_colour(value: str) -> None:
    """As a colour field of a browser says it."""
    if value and not COLOUR.fullmatch(value):
        raise ValidationError(gettext("Write a colour as “#12574f”."))


def between(low: int, high: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


def _unless_invalid(read: Callable[[Any], object], value: Any) -> None:
    try:
        read(value)
    except Invalid as wrong:
        raise ValidationError(str(wrong)) from wrong

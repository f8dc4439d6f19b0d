"""How the widget looks on a site: colour, side, logo and first words."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from agents.settings.fields import ColourField
from agents.settings.forms import SettingsForm
from support_chat.desk.models import Site
from support_chat.desk.pictures import picture_kind

SIDES = [
    (Site.Side.END, gettext_lazy("Where lines end: right, in English")),
    (Site.Side.START, gettext_lazy("Where lines begin: left, in English")),
]


LANGUAGES = [("", gettext_lazy("Each visitor’s own, as their browser has it")), *settings.LANGUAGES]


class LooksForm(SettingsForm):
    colour = ColourField(
        label=gettext_lazy("Colour"),
        widget=forms.TextInput({"placeholder": "#12574f", "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Of the launcher, of the visitor’s messages and of buttons. Empty: our green."
        ),
    )
    side = forms.ChoiceField(
        label=gettext_lazy("The launcher stands"), choices=SIDES, widget=forms.RadioSelect
    )
    locale = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Language of the chat"),
        choices=LANGUAGES,
        help_text=gettext_lazy(
            "Of our own words, in widget and letters to visitors. What you write stays as it is."
        ),
    )
    welcome = forms.CharField(
        required=False,
        max_length=80,
        label=gettext_lazy("Greeting"),
        help_text=gettext_lazy("Before the first word. Empty: ours."),
    )
    welcome_more = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Below the greeting"),
        help_text=gettext_lazy("A sentence or two. Empty: ours."),
    )

    def __init__(self, site: Site, data: Any = None) -> None:
        names = ("colour", "side", "locale", "welcome", "welcome_more")
        super().__init__(data, initial={name: getattr(site, name) for name in names})


class LogoForm(forms.Form):
    """On its own: a file is not sent again with every change."""

    use_required_attribute = False
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        widget=forms.FileInput({"accept": "image/png, image/jpeg, image/webp"}),
        help_text=gettext_lazy(
            "Square; PNG, JPEG or WebP, at most 64 KB. Without one visitors see the first letter."
        ),
    )

    def clean_logo(self) -> bytes:
        image: bytes = self.cleaned_data["logo"].read(_ENOUGH)
        picture_kind(image)
        return image

    def refuse(self, wrong: ValidationError) -> None:
        self.add_error("logo", wrong.messages)


_ENOUGH = 1024 * 1024  # bytes: what is longer is too big in any case

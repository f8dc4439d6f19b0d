"""The page on which a manager chooses what is hidden beside card numbers, and tries it on the last chats."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from agents.policy import StaffRequest
from agents.settings.guard import for_managers
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.mask_trial import piece_of, tried_on_last_chats
from support_chat.desk.masking import hidden_in
from support_chat.desk.masks import InvalidMasks, Masks, masks_of
from support_chat.desk.models import Site

LONGEST_TRIAL: Final = 2_000


class MaskingForm(forms.Form):
    use_required_attribute = False
    iban = forms.BooleanField(required=False, label=gettext_lazy("Hide the numbers of bank accounts (IBAN)"))
    patterns = forms.CharField(
        required=False,
        label=gettext_lazy("Hide what looks like this"),
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line: # is any digit, @ any letter, a space may also be a dash or nothing. "
            "“K-######” hides K-204817."
        ),
    )
    sample = forms.CharField(
        required=False,
        max_length=LONGEST_TRIAL,
        label=gettext_lazy("Try it on a text of yours"),
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy("It is kept nowhere."),
    )

    def __init__(self, site: Site, data: Any = None) -> None:
        known = site.masks or {}
        patterns = "\n".join(known.get("patterns", []))
        super().__init__(data, initial={"iban": known.get("iban", False), "patterns": patterns})
        self.label_suffix = ""

    def clean_patterns(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["patterns"].splitlines() if line.strip()]
        try:
            masks_of({"patterns": lines})
        except InvalidMasks as wrong:
            raise ValidationError(str(wrong)) from wrong
        return lines

    def masks(self) -> dict[str, Any] | None:
        """As desk/masks.py has them; None where card numbers are all."""
        chosen = {name: self.cleaned_data[name] for name in ("iban", "patterns")}
        return chosen if any(chosen.values()) else None

    def refuse(self, wrong: ValidationError) -> None:
        self.add_error("patterns", wrong.messages)


@for_managers
def masking(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site, tries = site_to_manage(staff, key), request.POST.get("do") == "try"
    form = MaskingForm(site, request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {"site": site, "form": form}
    if tries and form.is_valid():
        shown |= _tried(site, masks_of(form.masks()), form.cleaned_data["sample"])
    elif not tries and saved(
        form, lambda: change_site(staff=staff, site=key, values={"masks": form.masks()})
    ):
        return redirect(f"{reverse('site-masking', args=[key])}?saved=masking")
    return page(request, "agents/settings/masking.html", shown, [form])


def _tried(site: Site, masks: Masks, sample: str) -> dict[str, Any]:
    on_sample = [piece_of(sample, each.start, each.end, each.kind) for each in hidden_in(sample, masks)]
    return {"tried": tried_on_last_chats(site, masks), "sample": sample, "on_sample": on_sample}

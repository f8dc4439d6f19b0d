"""The page on which a manager writes when the site speaks first, and what it says."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from agents.policy import StaffRequest
from agents.settings.fields import CountField, TypedField
from agents.settings.guard import for_managers
from agents.settings.hours_text import Unreadable
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.invitations import (
    LATEST,
    LONGEST,
    LONGEST_PATTERN,
    MOST,
    NEVER,
    PATTERN,
    SOONEST,
    is_pattern,
)
from support_chat.desk.models import Site

WHEN = [
    ("answered", gettext_lazy("Only while we can answer")),
    ("always", gettext_lazy("Also when nobody is there; then it opens the message form")),
]
NO_PATTERN = gettext_lazy("Write the path alone, as “/pricing*”, with up to three “*”.")


class PatternsField(TypedField):
    """One a line."""

    widget = forms.Textarea

    def read(self, text: str) -> Any:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        for line in lines:
            if not is_pattern(line):
                raise Unreadable(f"{gettext('“%(path)s” is no path.') % {'path': line}} {NO_PATTERN}")
        return lines

    def write(self, value: Any) -> str:
        return "\n".join(value)


class NeverForm(forms.Form):
    never = PatternsField(
        label=gettext_lazy("Never on these pages"),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("One path a line; “*” stands for anything. Whoever pays wants no questions."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class RuleForm(forms.Form):
    """One of them. Without words it is none."""

    use_required_attribute = False
    words = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=gettext_lazy("What it says"),
        help_text=gettext_lazy(
            "Such as “Not sure which size? Ask us.” Say only what is true whenever it is shown."
        ),
    )
    path = forms.RegexField(
        PATTERN,
        required=False,
        max_length=LONGEST_PATTERN,
        label=gettext_lazy("On pages whose path is"),
        help_text=gettext_lazy("Such as “/pricing*”; “*” alone is every page."),
        error_messages={"invalid": NO_PATTERN},
    )
    after = CountField(
        required=False,
        min_value=SOONEST,
        max_value=LATEST,
        label=gettext_lazy("After somebody was there for"),
        unit=gettext_lazy("seconds"),
    )
    when = forms.ChoiceField(
        required=False, choices=WHEN, widget=forms.RadioSelect, label=gettext_lazy("When")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rest = ("path", "after", "when")
        if cleaned.get("words"):
            missing = [name for name in rest if not cleaned.get(name) and name not in self.errors]
            for name in missing:
                self.add_error(
                    name, gettext("Choose one.") if name == "when" else gettext("This is needed too.")
                )
        elif any(cleaned.get(name) for name in rest) and "words" not in self.errors:
            self.add_error("words", gettext("Write what it says, or leave the rest empty too."))
        return cleaned


class InvitationsForm:
    """All rules in their order, and where none holds: saved together."""

    def __init__(self, site: Site, data: Any = None) -> None:
        known = site.invitations or {}
        rules = [*known.get("rules", []), *({} for _ in range(MOST))][:MOST]
        self.is_bound = data is not None
        self.never = NeverForm(data, initial={"never": known.get("never", NEVER)})
        self.rules = [
            RuleForm(data, prefix=f"{number}", initial=each) for number, each in enumerate(rules, start=1)
        ]
        self.forms: list[forms.Form] = [*self.rules, self.never]

    def is_valid(self) -> bool:
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    def refuse(self, wrong: ValidationError) -> None:
        self.never.add_error(None, wrong.messages)

    def invitations(self) -> dict[str, Any] | None:
        """As desk/invitations.py has them; None where nothing is said."""
        never = self.never.cleaned_data["never"]
        rules = [form.cleaned_data for form in self.rules if form.cleaned_data["words"]]
        return {"never": never, "rules": rules} if rules or never != list(NEVER) else None


@for_managers
def invitations(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site = site_to_manage(staff, key)
    form = InvitationsForm(site, request.POST if request.method == "POST" else None)
    if saved(form, lambda: change_site(staff=staff, site=key, values={"invitations": form.invitations()})):
        return redirect(f"{reverse('site-invitations', args=[key])}?saved=invitations")
    return page(request, "agents/settings/invitations.html", {"site": site, "form": form}, form.forms)

"""The page on which a manager writes what visitors may begin with by one tap."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from agents.policy import StaffRequest
from agents.settings.guard import for_managers
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.database_time import database_now
from support_chat.desk.models import Site, StarterCount
from support_chat.desk.starters import MOST

DAYS: Final = 30  # of counts that are shown: long enough to judge an answer, short enough to judge this one


class StarterForm(forms.Form):
    """One of them. Without words it is none."""

    use_required_attribute = False
    counts: tuple[int, int] | None = None  # how often its answer was shown and helped
    words = forms.CharField(
        required=False,
        max_length=80,
        label=gettext_lazy("The visitor’s words"),
        help_text=gettext_lazy("Such as “Where is my order?”"),
    )
    answer = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Answer to show first"),
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "With “That helped” and “Talk to a person”. Empty: the words are sent at once."
        ),
    )
    queue = forms.ChoiceField(required=False, label=gettext_lazy("Queue"))
    tag = forms.RegexField(
        r"\A[a-z0-9-]*\Z",
        required=False,
        max_length=40,
        label=gettext_lazy("Tag"),
        help_text=gettext_lazy("For transcripts and reports: small letters, digits and hyphens."),
        error_messages={"invalid": gettext_lazy("Write small letters, digits and hyphens.")},
    )

    def __init__(self, *args: Any, queues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        field = self.fields["queue"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("Where chats begin")), *queues]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rest = any(cleaned.get(name) for name in ("answer", "queue", "tag"))
        if rest and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Write the words, or leave the rest empty too."))
        return cleaned


class StartersForm:
    """All of them, in their order: saved together."""

    def __init__(self, site: Site, data: Any = None) -> None:
        queues = list(site.queues.order_by("name").values_list("public_id", "name"))
        known = [*site.starters, *({} for _ in range(MOST))][:MOST]
        self.is_bound = data is not None
        self.forms = [
            StarterForm(data, prefix=f"{number}", initial=each, queues=queues)
            for number, each in enumerate(known, start=1)
        ]

        counts = _counts(site)
        for form, starter in zip(self.forms, known, strict=True):
            form.counts = counts.get(starter.get("words", ""))

    def is_valid(self) -> bool:
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    def refuse(self, wrong: ValidationError) -> None:
        self.forms[0].add_error(None, wrong.messages)

    def starters(self) -> list[dict[str, str]]:
        said = [form.cleaned_data for form in self.forms if form.cleaned_data["words"]]
        return [{name: value for name, value in each.items() if value} for each in said]


def _counts(site: Site) -> dict[str, tuple[int, int]]:
    """By the words, over the last `DAYS`."""
    since = database_now().date() - timedelta(days=DAYS)
    rows = StarterCount.objects.filter(site=site, day__gt=since).values("words")
    summed = rows.annotate(shown=Sum("shown"), helped=Sum("helped"))
    return {row["words"]: (row["shown"], row["helped"]) for row in summed}


@for_managers
def starters(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site = site_to_manage(staff, key)
    form = StartersForm(site, request.POST if request.method == "POST" else None)
    if saved(form, lambda: change_site(staff=staff, site=key, values={"starters": form.starters()})):
        return redirect(f"{reverse('site-starters', args=[key])}?saved=starters")
    return page(
        request, "agents/settings/starters.html", {"site": site, "form": form, "days": DAYS}, form.forms
    )

"""The page on which a manager chooses what is asked before a visitor's first word."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from agents.policy import StaffRequest
from agents.settings.guard import for_managers
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.models import Site

ASKED = [
    ("no", gettext_lazy("Not asked")),
    ("optional", gettext_lazy("Asked, may stay empty")),
    ("required", gettext_lazy("Needed")),
]


class PrechatForm(forms.Form):
    """Topics as lines: the words, and after an arrow the name of a queue."""

    use_required_attribute = False
    name = forms.ChoiceField(label=gettext_lazy("Name"), choices=ASKED, widget=forms.RadioSelect)
    email = forms.ChoiceField(label=gettext_lazy("E-mail address"), choices=ASKED, widget=forms.RadioSelect)
    about = forms.CharField(
        required=False,
        label=gettext_lazy("“What is it about?”"),
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "One choice a line, at most eight, as “An order → Orders”: what visitors read, and the "
            "queue. Without a queue the chat waits where chats begin. Empty: not asked."
        ),
    )

    def __init__(self, site: Site, data: Any = None) -> None:
        self._queues = dict(site.queues.values_list("name", "public_id"))
        names = {public_id: name for name, public_id in self._queues.items()}
        known = site.prechat or {}
        lines = [_line(each, names) for each in known.get("about", [])]
        asked = {name: known.get(name, "no") for name in ("name", "email")}
        super().__init__(data, initial={**asked, "about": "\n".join(lines)})
        self.label_suffix = ""

    def clean_about(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["about"].splitlines() if line.strip()]
        return [self._topic(*line.replace("->", "→").partition("→")[::2]) for line in lines]

    def _topic(self, words: str, queue: str) -> dict[str, str]:
        name = queue.strip()
        if name and name not in self._queues:
            words = gettext("There is no queue “%(name)s” here. There are: %(queues)s.")
            raise ValidationError(words % {"name": name, "queues": ", ".join(self._queues)})
        return {"words": words.strip(), "queue": self._queues.get(name, "")}

    def prechat(self) -> dict[str, Any] | None:
        """As desk/prechat.py has it; None where nothing is asked."""
        asked = self.cleaned_data
        nothing = asked["name"] == asked["email"] == "no" and not asked["about"]
        return None if nothing else {name: asked[name] for name in ("name", "email", "about")}

    def refuse(self, wrong: ValidationError) -> None:
        self.add_error("about", wrong.messages)


def _line(topic: dict[str, str], names: dict[str, str]) -> str:
    queue = names.get(topic.get("queue", ""))
    return f"{topic['words']} → {queue}" if queue else topic["words"]


@for_managers
def prechat(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site = site_to_manage(staff, key)
    form = PrechatForm(site, request.POST if request.method == "POST" else None)
    if saved(form, lambda: change_site(staff=staff, site=key, values={"prechat": form.prechat()})):
        return redirect(f"{reverse('site-prechat', args=[key])}?saved=prechat")
    return page(request, "agents/settings/prechat.html", {"site": site, "form": form}, [form])

"""The form of one macro: its name, for whom it is, and its steps, one below the other."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from agents.library.scope_words import alone_words, everybody_words
from support_chat.desk.access import Staff
from support_chat.desk.library import agents_to_hand_to
from support_chat.desk.macros import MOST
from support_chat.desk.models import Macro, Site

# What each kind of step is called, and which field it takes: another kind is a line here.
KINDS: Final[Mapping[str, tuple[Promise, str | None]]] = {
    "reply": (gettext_lazy("Send a reply"), "text"),
    "note": (gettext_lazy("Add a note for the team"), "text"),
    "tag": (gettext_lazy("Add the tag"), "tag"),
    "look_up": (gettext_lazy("Tell the visitor that it takes a while"), None),
    "transfer": (gettext_lazy("Transfer to the queue"), "to_queue"),
    "hand_over": (gettext_lazy("Hand over to the agent"), "to_agent"),
    "snooze": (gettext_lazy("Put the chat aside until"), "when"),
    "close": (gettext_lazy("Close the chat"), None),
}
FIELDS: Final = [takes for _, takes in KINDS.values() if takes]
EVERYBODY: Final = "site"
ALONE: Final = "own"


class StepForm(forms.Form):
    """One of them. Without a kind it is none."""

    use_required_attribute = False
    do = forms.ChoiceField(
        required=False,
        label=gettext_lazy("What is done"),
        choices=[("", gettext_lazy("Nothing")), *((kind, words) for kind, (words, _) in KINDS.items())],
    )
    text = forms.CharField(
        required=False,
        max_length=8000,
        label=gettext_lazy("Text of a reply or note"),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    tag = forms.CharField(required=False, max_length=40, label=gettext_lazy("Tag"))
    when = forms.CharField(
        required=False,
        max_length=60,
        label=gettext_lazy("Until when it is put aside, as “in 2 hours”, “tomorrow 9” or “monday”"),
    )
    to_queue = forms.ChoiceField(required=False, label=gettext_lazy("Queue of a transfer"))
    to_agent = forms.ChoiceField(
        required=False, label=gettext_lazy("Agent to whom it is handed over, if they are online then")
    )

    def __init__(self, *args: Any, targets: Mapping[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, known in targets.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *known]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        takes = KINDS[cleaned["do"]][1] if cleaned.get("do") else None
        if takes and not cleaned.get(takes) and takes not in self.errors:
            self.add_error(takes, gettext("This is needed for what is done."))
        if not cleaned.get("do") and "do" not in self.errors and any(cleaned.get(name) for name in FIELDS):
            self.add_error("do", gettext("Choose what is done, or leave the rest empty too."))
        return cleaned

    def step(self) -> dict[str, str] | None:
        do = self.cleaned_data["do"]
        if not do:
            return None
        takes = KINDS[do][1]
        return {"do": do, **({takes: self.cleaned_data[takes]} if takes else {})}


class HeadForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("By which it is found with Ctrl K."),
    )
    scope = forms.ChoiceField(label=gettext_lazy("For whom"))

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        field = self.fields["scope"]
        if isinstance(field, forms.ChoiceField):
            field.choices = scopes


class MacroForm:
    """All of it: saved together."""

    def __init__(self, staff: Staff, site: Site, macro: Macro | None, data: Any = None) -> None:
        self.is_bound = data is not None
        scopes = _scopes(staff, site, macro)
        scope = (ALONE if macro.owner_id else EVERYBODY) if macro else scopes[0][0]
        self.head = HeadForm(
            data, scopes=scopes, initial={"name": macro.name if macro else "", "scope": scope}
        )
        targets = {
            "to_queue": list(site.queues.order_by("name").values_list("public_id", "name")),
            "to_agent": [(agent.public_id, agent.user.name) for agent in agents_to_hand_to(site)],
        }
        known = [*(macro.steps if macro else []), *({} for _ in range(MOST))][:MOST]
        self.steps = [
            StepForm(data, prefix=f"{number}", initial=each, targets=targets)
            for number, each in enumerate(known, start=1)
        ]
        self.forms: list[forms.Form] = [self.head, *self.steps]

    def is_valid(self) -> bool:
        return not [form for form in self.forms if not form.is_valid()]

    def refuse(self, wrong: ValidationError) -> None:
        told = {"name": "name", "personal": "scope"}
        for name, messages in wrong.message_dict.items():
            self.head.add_error(told.get(name), messages)

    def values(self) -> dict[str, Any]:
        head = self.head.cleaned_data
        steps = [step for step in (form.step() for form in self.steps) if step]
        return {"name": head["name"], "personal": head["scope"] == ALONE, "steps": steps}


def _scopes(staff: Staff, site: Site, macro: Macro | None) -> list[tuple[str, str]]:
    owner = macro.owner if macro else None
    alone = [(ALONE, alone_words(staff, owner))] if owner or staff.agent else []
    return [(EVERYBODY, everybody_words(site)), *alone] if site.pk in staff.managed else alone

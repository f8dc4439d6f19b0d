"""The steps by which a queue tells that a chat waits too long: some lines of three fields each."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, gettext_lazy

from agents.settings.fields import CountField
from support_chat.desk.alerts import (
    MAIL,
    MOST_STEPS,
    PUSH,
    SOUND,
    WEBHOOK,
    InvalidAlerts,
    Step,
    alerts_of,
    check_target,
)
from support_chat.desk.letters.envelope import mail_is_set_up
from support_chat.desk.models import Queue

KINDS: Final = [
    ("", gettext_lazy("Nothing")),
    (SOUND, gettext_lazy("A sound with the agents who could take it")),
    (PUSH, gettext_lazy("A push to those on shift whose console is closed")),
    (MAIL, gettext_lazy("An e-mail")),
    (WEBHOOK, gettext_lazy("A message to a team messenger’s webhook")),
]
DAY: Final = 24 * 3600  # seconds


class AlertsForm(forms.Form):
    use_required_attribute = False

    def __init__(self, queue: Queue, data: Any = None) -> None:
        super().__init__(data)
        self.label_suffix = ""
        known: list[Step | None] = [*alerts_of(queue.alerts)]
        for number, step in enumerate([*known, *[None] * MOST_STEPS][:MOST_STEPS]):
            self._add(number, step)

    def _add(self, number: int, step: Step | None) -> None:
        self.fields[f"after-{number}"] = CountField(
            label=gettext_lazy("After"),
            unit=gettext_lazy("seconds"),
            required=False,
            min_value=0,
            max_value=DAY,
            initial=step.after if step else None,
        )
        self.fields[f"kind-{number}"] = forms.ChoiceField(
            label=gettext_lazy("Happens"), choices=KINDS, required=False, initial=step.kind if step else ""
        )
        self.fields[f"to-{number}"] = forms.CharField(
            label=gettext_lazy("Address"),
            required=False,
            max_length=1_000,
            widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
            initial=step.to if step else "",
        )

    @property
    def lines(self) -> list[tuple[forms.BoundField, ...]]:
        return [
            tuple(self[f"{name}-{number}"] for name in ("after", "kind", "to"))
            for number in range(MOST_STEPS)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(MOST_STEPS):
            self._check(number, cleaned)
        return cleaned

    def _check(self, number: int, cleaned: dict[str, Any]) -> None:
        kind, to = cleaned.get(f"kind-{number}"), cleaned.get(f"to-{number}", "")
        if not kind:
            return
        if cleaned.get(f"after-{number}") is None and not self.has_error(f"after-{number}"):
            self.add_error(f"after-{number}", gettext("Write after how many seconds."))
        try:
            check_target(kind, to)
        except InvalidAlerts as wrong:
            self.add_error(f"to-{number}", str(wrong))
        if kind in (MAIL, WEBHOOK) and not settings.PUBLIC_URL:
            self.add_error(
                f"kind-{number}",
                gettext("PUBLIC_URL is not set on this server: nothing could lead to the chat."),
            )
        elif kind == MAIL and not mail_is_set_up():
            self.add_error(f"kind-{number}", gettext("Mail is not set up on this server."))

    def changes(self) -> dict[str, Any]:
        """As the desk takes it."""
        cleaned, steps = self.cleaned_data, list[dict[str, Any]]()
        for number in range(MOST_STEPS):
            if kind := cleaned[f"kind-{number}"]:
                step = {"after": cleaned[f"after-{number}"], "kind": kind}
                steps.append(step | ({"to": to} if (to := cleaned[f"to-{number}"]) else {}))
        speaks = get_language() or ""  # mails and messages, as this page does
        return {"alerts": sorted(steps, key=lambda step: step["after"]), "alerts_language": speaks}

    def refuse(self, wrong: ValidationError) -> None:
        for messages in wrong.message_dict.values():
            self.add_error(None, messages)

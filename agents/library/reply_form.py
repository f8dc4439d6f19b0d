"""The form of one canned reply, and the pages on which it is written anew or changed."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from agents.library.guard import for_writers
from agents.library.scope_words import alone_words, everybody_words
from agents.library.shelf import folders_of
from agents.library.usage import Usage, usage_of
from agents.policy import StaffRequest
from agents.settings.forms import SettingsForm
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff
from support_chat.desk.actions.canned_replies import change_reply, make_reply
from support_chat.desk.database_time import database_now
from support_chat.desk.library import canned_reply_to_arrange, site_to_write_for
from support_chat.desk.models import CannedReply, Site

EVERYBODY: Final = "site"
ALONE: Final = "own"
QUEUE: Final = "queue:"
VARIABLES: Final = (
    (
        "visitor.first_name",
        gettext_lazy('the visitor’s first name, where it is known: {{visitor.first_name|default:"there"}}'),
    ),
    ("visitor.name", gettext_lazy("their whole name")),
    ("visitor.email", gettext_lazy("their e-mail address")),
    ("visitor.attributes.…", gettext_lazy("what the website or the visitor said of them, by its name")),
    ("agent.name", gettext_lazy("the name that visitors read of you")),
    ("site.name", gettext_lazy("the name of this site")),
    ("conversation.id", gettext_lazy("the number of the chat")),
)


class ReplyForm(SettingsForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    shortcut = forms.CharField(
        label=gettext_lazy("Shortcut"),
        max_length=60,
        help_text=gettext_lazy("Letters, digits, “-” and “_”: found by /shortcut in the box."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        strip=False,
        widget=forms.Textarea({"rows": 7, "dir": "auto"}),
    )
    folder = forms.CharField(
        label=gettext_lazy("Folder"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"list": "folders", "autocomplete": "off"}),
        help_text=gettext_lazy("Any name; “Orders / Abroad” lies within “Orders”."),
    )
    locale = forms.CharField(
        label=gettext_lazy("Language"),
        required=False,
        max_length=16,
        widget=forms.TextInput({"spellcheck": "false"}),
        help_text=gettext_lazy(
            "Such as “de”: offered first in chats of this language. Empty: in all of them."
        ),
    )
    scope = forms.ChoiceField(label=gettext_lazy("For whom"))

    def __init__(self, staff: Staff, site: Site, reply: CannedReply | None, data: Any = None) -> None:
        named = ("title", "shortcut", "text", "folder", "locale")
        known = {name: getattr(reply, name) for name in named} if reply else {}
        scopes = _scopes(staff, site, reply)
        super().__init__(data, initial={**known, "scope": _scope(reply) if reply else scopes[0][0]})
        field = self.fields["scope"]
        if isinstance(field, forms.ChoiceField):
            field.choices = scopes

    def values(self) -> dict[str, Any]:
        """What was changed, as the desk takes it."""
        changed = self.changes()
        audience = _audience(changed.pop("scope")) if "scope" in changed else {}
        return changed | audience

    def all_values(self) -> dict[str, Any]:
        """The same, also of what was left as it was shown."""
        given = {**self.cleaned_data}
        audience = _audience(given.pop("scope"))
        return given | audience

    def refuse(self, wrong: ValidationError) -> None:
        for name, messages in wrong.message_dict.items():
            self.add_error({"queue": "scope", "personal": "scope"}.get(name, name), messages)


@for_writers
def new_reply(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site = site_to_write_for(staff, key)
    form = ReplyForm(staff, site, None, request.POST if request.method == "POST" else None)
    if saved(form, lambda: make_reply(staff=staff, site=key, values=form.all_values())):
        return redirect(f"{reverse('library')}?done=made&count=1")
    return _page(request, staff, site, form)


@for_writers
def one_reply(request: StaffRequest, staff: Staff, public_id: str) -> HttpResponse:
    reply = canned_reply_to_arrange(staff, public_id)
    form = ReplyForm(staff, reply.site, reply, request.POST if request.method == "POST" else None)
    if saved(form, lambda: change_reply(staff=staff, reply=public_id, values=form.values())):
        return redirect(f"{reverse('library-reply', args=[public_id])}?saved=reply")
    now = database_now()
    usage = usage_of([reply], now=now).get(reply.pk, Usage())
    return _page(request, staff, reply.site, form, reply=reply, usage=usage)


def _page(request: StaffRequest, staff: Staff, site: Site, form: ReplyForm, **more: Any) -> HttpResponse:
    example = {
        "visitor.name": "Anna Berg",
        "visitor.first_name": "Anna",
        "visitor.last_name": "Berg",
        "visitor.email": "anna@example.com",
        "agent.name": staff.user.name.split()[0],
        "site.name": site.name,
        "conversation.id": "q0hYx1o7T3mQ",
    }
    shown = {
        "site": site,
        "form": form,
        "folders": folders_of(staff),
        "variables": VARIABLES,
        "example": example,
    }
    shown["managed"] = bool(staff.managed)
    return page(request, "agents/library/reply.html", {**shown, **more}, [form])


def _scopes(staff: Staff, site: Site, reply: CannedReply | None) -> list[tuple[str, str]]:
    owner = reply.owner if reply else None
    alone = [(ALONE, alone_words(staff, owner))] if owner or staff.agent else []
    if site.pk not in staff.managed:
        return alone
    queues = [
        (f"{QUEUE}{each.public_id}", gettext("Queue %(name)s") % {"name": each.name})
        for each in site.queues.order_by("name")
    ]
    return [(EVERYBODY, everybody_words(site)), *queues, *alone]


def _scope(reply: CannedReply) -> str:
    if reply.personal:
        return ALONE
    return f"{QUEUE}{reply.queue.public_id}" if reply.queue else EVERYBODY


def _audience(scope: str) -> dict[str, Any]:
    queue = scope.removeprefix(QUEUE) if scope.startswith(QUEUE) else ""
    return {"queue": queue, "personal": scope == ALONE}

"""The page on which a manager tries whether mail works, and reads what became of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from agents.policy import StaffRequest
from agents.settings.guard import for_managers
from agents.settings.mail_words import is_under_way, mail_words
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.mailing import send_test
from support_chat.desk.letters.envelope import mail_is_set_up


class TestMailForm(forms.Form):
    use_required_attribute = False
    to = forms.EmailField(label=gettext_lazy("Your address"), max_length=254)

    def refuse(self, wrong: ValidationError) -> None:
        self.add_error("to", wrong.messages)


@for_managers
def mail(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site = site_to_manage(staff, key)
    form = TestMailForm(request.POST or None, initial={"to": request.user.email})
    if saved(form, lambda: send_test(staff=staff, site=key, to=form.cleaned_data["to"])):
        return redirect(reverse("site-mail", args=[key]))
    shown: dict[str, Any] = {"site": site, "form": form, "set_up": mail_is_set_up()}
    shown |= {"says": mail_words(site), "waits": is_under_way(site)}
    return page(request, "agents/settings/mail.html", shown, [form])


@for_managers
def result(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    """How it stands; asked while a test mail is under way."""
    site = site_to_manage(staff, key)
    return JsonResponse({"says": mail_words(site), "waits": is_under_way(site)})

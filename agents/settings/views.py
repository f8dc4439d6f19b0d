"""The managers' pages: what there is to set, and a form for each site, queue and agent."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agents.policy import StaffRequest
from agents.settings.agent_form import AgentForm
from agents.settings.guard import for_managers
from agents.settings.queue_form import QueueForm
from agents.settings.saving import page, saved
from agents.settings.shift_words import shift_words
from agents.settings.site_form import NoticeForm, PauseForm, SiteForm, zones
from agents.settings.standing import hours_words, standing_words
from support_chat.desk.access import Staff, agent_to_manage, agents_to_manage, queue_to_manage, site_to_manage
from support_chat.desk.actions.configuring import change_queue, change_site
from support_chat.desk.actions.opening import pause, resume_chats, set_notice
from support_chat.desk.actions.people import change_agent, place_agent
from support_chat.desk.availability import zone_of
from support_chat.desk.database_time import database_now
from support_chat.desk.models import Queue, Site


@for_managers
def overview(request: StaffRequest, staff: Staff) -> HttpResponse:
    sites = Site.objects.filter(pk__in=staff.managed).order_by("name")
    shown = [(site, standing_words(site), site.queues.order_by("-is_default", "name")) for site in sites]
    return render(
        request, "agents/settings/overview.html", {"sites": shown, "agents": agents_to_manage(staff)}
    )


@for_managers
def site(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    row = site_to_manage(staff, key)
    does = request.POST.get("do", "")
    forms = {
        "form": SiteForm(row, request.POST if does == "settings" else None),
        "notice": NoticeForm(row, request.POST if does == "notice" else None),
        "pause": PauseForm(row, request.POST if does == "pause" else None),
    }
    if does == "resume" or _done(does, forms, staff, row):
        if does == "resume":
            resume_chats(staff=staff, site=key)
        return redirect(f"{reverse('site-settings', args=[key])}?saved={does}")
    now = database_now()
    paused = row.paused_until if row.paused_until and row.paused_until > now else None
    shown: dict[str, Any] = {
        **forms,
        "site": row,
        "standing": standing_words(row),
        "paused": paused,
        "zones": zones(),
    }
    shown["zone"] = zone_of(row)
    return page(request, "agents/settings/site.html", shown, forms.values())


def _done(does: str, forms: dict[str, Any], staff: Staff, row: Site) -> bool:
    """Whether what was asked for by one of these forms is done; else it says why not."""
    key = row.public_key
    if does == "settings":
        form = forms["form"]
        return saved(form, lambda: change_site(staff=staff, site=key, values=form.changes()))
    if does == "notice":
        form = forms["notice"]
        return saved(form, lambda: set_notice(staff=staff, site=key, text=form.cleaned_data["text"]))
    form = forms["pause"]
    return saved(
        form, lambda: pause(staff=staff, site=key, text=form.cleaned_data["text"], until=form.seconds())
    )


@for_managers
def queue(request: StaffRequest, staff: Staff, public_id: str) -> HttpResponse:
    row = queue_to_manage(staff, public_id)
    form = QueueForm(row, request.POST or None)
    if saved(form, lambda: change_queue(staff=staff, queue=public_id, values=form.changes())):
        return redirect(f"{reverse('queue-settings', args=[public_id])}?saved=settings")
    shown = {"form": form, "queue": row, "standing": standing_words(row.site, row)}
    return page(request, "agents/settings/queue.html", shown, [form])


@for_managers
def agent(request: StaffRequest, staff: Staff, public_id: str) -> HttpResponse:
    row = agent_to_manage(staff, public_id)
    queues = list(
        Queue.objects.filter(site__in=staff.managed).select_related("site").order_by("site__name", "name")
    )
    form = AgentForm(row, queues, request.POST or None)
    if saved(form, lambda: _arrange(staff, public_id, form)):
        return redirect(f"{reverse('agent-settings', args=[public_id])}?saved=settings")
    shown = {"form": form, "agent": row, "standing": shift_words(row, database_now()), "zones": zones()}
    return page(request, "agents/settings/agent.html", shown, [form])


def _arrange(staff: Staff, agent: str, form: AgentForm) -> None:
    change_agent(staff=staff, agent=agent, values=form.settings())
    for queue, place in form.moves():
        place_agent(staff=staff, agent=agent, queue=queue, place=place)


@for_managers
def preview(request: StaffRequest, staff: Staff, kind: str, public_id: str) -> HttpResponse:
    """What the hours as typed would mean now; asked while somebody types."""
    form: SiteForm | QueueForm
    if kind == "site":
        row = site_to_manage(staff, public_id)
        form = SiteForm(row, request.POST)
        queue = None
    else:
        queue = queue_to_manage(staff, public_id)
        row = queue.site
        form = QueueForm(queue, request.POST)
    form.full_clean()
    return HttpResponse(hours_words(form, row, queue), content_type="text/plain; charset=utf-8")

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from support_chat.desk.models import Agent, Conversation, Membership, Site, User

pytestmark = pytest.mark.django_db


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_a_new_site_has_its_queues_and_prints_the_line_that_embeds_it() -> None:
    line = said(
        "add_site", "Shop", "--origin", "https://shop.example", "--queue", "Orders", "--queue", "Products"
    )
    site = Site.objects.get()
    assert f'data-site="{site.public_key}"' in line
    assert site.allowed_origins == ["https://shop.example"]
    assert list(site.queues.order_by("pk").values_list("name", "is_default")) == [
        ("Orders", True),
        ("Products", False),
    ]


def test_a_site_whose_time_zone_is_none_is_not_made() -> None:
    with pytest.raises(CommandError):
        said("add_site", "Shop", "--time-zone", "Mars/Olympus")
    said("add_site", "Shop", "--time-zone", "Europe/Lisbon")
    assert Site.objects.get().time_zone == "Europe/Lisbon"


def test_an_agent_answers_the_queues_named_and_a_queue_that_is_not_there_is_refused() -> None:
    said("add_site", "Shop", "--queue", "Orders", "--queue", "Products")
    key = Site.objects.get().public_key
    with pytest.raises(CommandError):
        said("add_person", "ana", "Ana", "Costa", "--site", key, "--queue", "Returns")
    said("add_person", "ana", "Ana", "Costa", "--site", key, "--queue", "Orders")
    assert Agent.objects.get().user.name == "Ana Costa"
    assert [each.queue.name for each in Membership.objects.all() if each.queue] == ["Orders"]


def test_operators_may_look_at_chats_in_the_admin_and_change_none(client: Client) -> None:
    boss = User.objects.create_superuser("boss", password="a long and quiet password")
    client.force_login(boss)
    assert client.get("/admin/desk/conversation/").status_code == 200
    assert client.get("/admin/desk/conversation/add/").status_code == 403
    assert client.get("/admin/desk/user/add/").status_code == 200
    assert not Conversation.objects.exists()

"""The demo's shop: there while its site is, real enough to shop in, and strict about what it loads."""

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client

from fixtures.shop.catalogue import PRODUCTS, Product
from fixtures.shop.customer import ORDERS
from support_chat.desk.actions.setting_up import make_site
from support_chat.desk.models import Site

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/delivery/",
    "/returns/",
    "/orders/",
    "/basket/",
    *(f"/products/{each.slug}/" for each in PRODUCTS),
]


@pytest.fixture
def shop() -> Site:
    return make_site(name="Sorrel Lane", time_zone="UTC", is_demo=True)


@pytest.mark.parametrize("page", PAGES)
def test_there_is_no_shop_without_the_demo(page: str, client: Client) -> None:
    make_site(name="A customer", time_zone="UTC")
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_every_page_embeds_the_chat_by_the_snippet_that_customers_use(
    page: str, client: Client, shop: Site
) -> None:
    snippet = f'<script async src="/widget.js" data-site="{shop.public_key}"></script>'
    answer = client.get(page)
    assert answer.status_code == 200
    assert snippet in answer.content.decode()


def test_the_pages_load_nothing_from_elsewhere_and_nothing_inline(client: Client, shop: Site) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("each", PRODUCTS, ids=lambda each: each.slug)
def test_every_product_has_a_picture(each: Product) -> None:
    assert find(each.picture)


def test_orders_are_shown_to_the_customer_who_signed_in_and_to_nobody_else(
    client: Client, shop: Site
) -> None:
    number = ORDERS[0].number
    assert number not in client.get("/orders/").content.decode()
    assert client.get(f"/orders/{number}/").status_code == 302

    client.post("/orders/sign-in/")
    assert number in client.get("/orders/").content.decode()
    assert client.get(f"/orders/{number}/").status_code == 200

    client.post("/orders/sign-out/")
    assert client.get(f"/orders/{number}/").status_code == 302


def test_a_customer_cannot_be_made_up(client: Client, shop: Site) -> None:
    client.cookies["shop_customer"] = "Nora Feld"
    assert ORDERS[0].number not in client.get("/orders/").content.decode()


def test_what_is_put_into_the_basket_can_be_counted_and_taken_out(client: Client, shop: Site) -> None:
    client.post("/basket/", {"slug": "mug", "count": "1"})
    client.post("/basket/", {"slug": "mug", "count": "1"})
    assert "€44" in client.get("/basket/").content.decode()
    client.post("/basket/", {"slug": "mug", "count": "-1"})
    client.post("/basket/", {"slug": "mug", "count": "-1"})
    assert "Nothing in it yet" in client.get("/basket/").content.decode()


@pytest.mark.parametrize(
    "asked", [{"slug": "no-such-thing", "count": "1"}, {"slug": "mug", "count": "1e9"}, {}]
)
def test_the_basket_takes_only_what_the_shop_sells(asked: dict[str, str], client: Client, shop: Site) -> None:
    assert client.post("/basket/", asked).status_code == 404

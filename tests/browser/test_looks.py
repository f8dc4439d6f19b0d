"""A manager gives the widget the shop's colour; the shop's next visitors see it, from the first moment on."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, VisitorScreen
from tests.browser.stage import Stage
from tests.services.house import PASSWORD

YELLOW, BLACK = "rgb(255, 212, 0)", "rgb(0, 0, 0)"


def wears(thing: Locator, ground: str, ink: str) -> None:
    expect(thing).to_have_css("background-color", ground, timeout=ARRIVES)
    expect(thing).to_have_css("color", ink)


def test_the_colour_that_a_manager_chooses_is_worn_by_panel_and_launcher_and_remembered(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    page = open_browser("mia").new_page()
    page.goto(f"{stage.cable.url}/console/settings/sites/{stage.key}/looks/")
    page.get_by_label("Name").fill("mia")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Colour", exact=True).fill("#FFD400")
    expect(page.get_by_text("What stands on it is black")).to_be_visible(timeout=ARRIVES)
    wears(page.locator(".mock[data-look=dark] .mock-launcher"), YELLOW, BLACK)
    page.get_by_label("left").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible(timeout=ARRIVES)

    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    wears(vera.page.get_by_role("button", name="Minimise chat").first, YELLOW, BLACK)
    vera.write("Do you have it in yellow?")
    wears(vera.panel.locator(".bubble[data-side=near] .bubble-text").last, YELLOW, BLACK)
    vera.page.reload()
    launcher = vera.page.get_by_role("button", name="Open chat")
    wears(launcher, YELLOW, BLACK)
    box = launcher.bounding_box()
    assert box is not None
    assert box["x"] == 20

"""A manager tries the mail, and reads what became of it without doing anything more."""

from playwright.sync_api import expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES
from tests.browser.stage import Stage
from tests.services.house import PASSWORD


def test_one_press_says_what_is_wrong_with_the_mail_server(
    mailing_stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    page = open_browser("mia").new_page()
    page.goto(f"{mailing_stage.served.url}/console/settings/")
    page.get_by_label("Name").fill("mia")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="E-mail").click()
    expect(page.get_by_role("status")).to_contain_text("It works")
    page.get_by_label("Your address").fill("mia@mail.example")
    page.get_by_role("button", name="Send a test mail to me").click()
    expect(page.get_by_role("status")).to_contain_text(
        "It does not work: no mail server answers at the address in EMAIL_URL", timeout=ARRIVES
    )
    axe.look(page, "mail that does not work", widths=(1280, 390))
    assert not axe.found, "\n".join(axe.found)

"""A supervisor reads what an agent writes, who sees it and can turn it off."""

from playwright.sync_api import expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.browser.test_company import viewers
from tests.services.open_house import widen_house_in


def test_a_supervisor_reads_along_until_the_writer_does_not_want_it(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    widen_house_in(stage.served.database_url, "automatic")
    ana, sue = (ConsoleScreen(open_browser(name), stage.served.url, name) for name in ("ana", "sue"))
    ana.become("Online")
    sue.become("Away")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        ana.open_first_chat()
        sue.page.goto(f"{sue.page.url.split('#')[0]}#{guest.chat}")
        expect(sue.page.get_by_role("heading", name=guest.name)).to_be_visible(timeout=ARRIVES)
        expect(viewers(ana.page)).to_contain_text("Sue Costa is looking at this chat", timeout=ARRIVES)
        ana.box.press_sequentially("It is")
        read = sue.page.get_by_role("button", name="Read along")
        read.click(timeout=ARRIVES)
        draft = sue.page.get_by_role("blockquote")
        expect(draft).to_have_text("It is", timeout=ARRIVES)
        readers = ana.page.get_by_role("region", name="Write").get_by_text("Sue Costa reads along")
        expect(readers).to_be_visible(timeout=ARRIVES)
        ana.box.press_sequentially(" broken")
        expect(draft).to_have_text("It is broken", timeout=ARRIVES)
        axe.look(sue.page, "reading along", widths=(390, 1280))
        axe.look(ana.page, "being read", widths=(390, 1280))
        ana.box.fill("")
        expect(draft).to_be_hidden(timeout=ARRIVES)
        ana.page.get_by_role("button", name="Keys and looks").click()
        ana.page.get_by_role("checkbox", name="Colleagues in the same chat may read what I write").uncheck()
        ana.page.keyboard.press("Escape")
        expect(readers).to_be_hidden(timeout=ARRIVES)
        expect(read).to_be_hidden(timeout=ARRIVES)
        ana.box.press_sequentially("Still here")
        expect(sue.page.get_by_text("Ana Costa is typing")).to_be_visible(timeout=ARRIVES)
        expect(read).to_be_hidden()
    assert not axe.found, "\n".join(axe.found)

"""A visitor sends a picture and a document; the agent sees both and answers with a file."""

import base64
from pathlib import Path

from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.desk.files import made

DROP = """(body, [name, content]) => {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  for (const type of ["dragover", "drop"])
    body.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


def test_a_picture_by_button_and_a_document_by_drop_are_seen_and_answered_with_a_file(
    stage: Stage, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    attach(vera, tmp_path / "label.jpg", made.photo_with_a_place())
    vera.panel.locator("body").evaluate(DROP, ["invoice.pdf", base64.b64encode(made.pdf()).decode()])
    for name in ("label.jpg", "invoice.pdf"):
        expect(vera.panel.get_by_role("button", name=f"Remove {name}")).to_be_visible(timeout=ARRIVES)
    vera.write("Is this the right one?")
    ana.open_first_chat()
    ana.sees("Is this the right one?")
    look_at(ana.log, "label.jpg")
    look_at(ana.log, "invoice.pdf")
    expect(ana.log.get_by_role("button", name="Open invoice.pdf")).to_be_focused()
    attach(ana, tmp_path / "answer.txt", b"It is.\n")
    ana.send()
    vera.sees("answer.txt")
    with vera.page.expect_download() as download:
        vera.log.get_by_role("button", name="Save answer.txt").click()
    assert download.value.path().read_bytes() == b"It is.\n"
    refuse(vera, tmp_path)


def attach(screen: VisitorScreen | ConsoleScreen, path: Path, content: bytes) -> None:
    """By the button: the file is chosen, and there."""
    path.write_bytes(content)
    within = screen.panel if isinstance(screen, VisitorScreen) else screen.page
    with screen.page.expect_file_chooser() as chooser:
        within.get_by_role("button", name="Attach file").click()
    chooser.value.set_files(path)
    expect(within.get_by_role("button", name=f"Remove {path.name}")).to_be_visible(timeout=ARRIVES)


def look_at(log: Locator, name: str) -> None:
    """Its picture stands in the log, and is opened large in place; Escape leads back to where it was."""
    look = log.get_by_role("button", name=f"Open {name}")
    look.scroll_into_view_if_needed()
    is_drawn(look.locator("img"))
    look.click()
    large = log.get_by_role("dialog", name=name)
    is_drawn(large.locator("img"))
    large.page.keyboard.press("Escape")
    expect(large).to_be_hidden()


def is_drawn(picture: Locator) -> None:
    expect(picture).to_be_visible(timeout=ARRIVES)
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("(image) => image.naturalWidth") > 0


def refuse(vera: VisitorScreen, tmp_path: Path) -> None:
    """What cannot be sent is said at once, and words go on without it."""
    (tmp_path / "page.html").write_bytes(b"<script>alert(1)</script>")
    with vera.page.expect_file_chooser() as chooser:
        vera.panel.get_by_role("button", name="Attach file").click()
    chooser.value.set_files(tmp_path / "page.html")
    expect(vera.panel.get_by_text("This kind of file cannot be sent")).to_be_visible(timeout=ARRIVES)
    vera.panel.get_by_role("button", name="Remove page.html").click()
    vera.write("Thank you!")
    vera.sees("Thank you!")


def test_a_reply_that_waits_for_its_file_goes_as_it_stood_to_the_chat_that_it_was_sent_in(
    stage: Stage, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write("Where is the map?")
    ana.open_first_chat()
    wim = VisitorScreen(open_browser("wim"), stage.host.origin)
    wim.open_chat()
    wim.write("Are you open today?")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ana.page.route("**/api/v1/files/?client_id*", hold)
    (tmp_path / "map.txt").write_bytes(b"Here.\n")
    with ana.page.expect_file_chooser() as chooser:
        ana.page.get_by_role("button", name="Attach file").click()
    chooser.value.set_files(tmp_path / "map.txt")
    ana.reply("Here it is.")
    expect(ana.page.get_by_text("Your message goes as soon as the files are there.")).to_be_visible(
        timeout=ARRIVES
    )
    rows = ana.page.get_by_role("list", name="My chats").get_by_role("button")
    expect(rows).to_have_count(2, timeout=ARRIVES)
    rows.filter(has_text="Are you open today?").click()
    ana.sees("Are you open today?")
    ana.box.fill("Half a sent")
    held[0].continue_()
    vera.sees("Here it is.")
    vera.sees("map.txt")
    expect(ana.box).to_have_value("Half a sent")
    rows.filter(has_text="Here it is.").click()
    ana.sees("Here it is.")
    expect(ana.box).to_have_value("")

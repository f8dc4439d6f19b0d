"""One noun on every screen, "chat"; no word of the house; visitors read of a team and of names."""

import pytest

from tests.promises.rules import words
from tests.promises.rules.sources import Source, read_texts

SCREENS = ("widget/", "agents/", "fixtures/", "support_chat/static/", "support_chat/templates/")
VISITORS = ("widget/", "support_chat/static/")


def screens(*folders: str) -> list[Source]:
    return [
        source
        for source in read_texts()
        if source.path.startswith(folders)
        and source.path.endswith((".html", ".js", ".py"))
        and not any(part in source.path for part in ("/vendor/", "/migrations/", "/management/"))
    ]


def test_no_word_of_the_house_reaches_a_screen() -> None:
    assert [finding for source in screens(*SCREENS) for finding in words.house_words(source)] == []


def test_visitors_read_of_people_not_of_an_organisation() -> None:
    assert [finding for source in screens(*VISITORS) for finding in words.visitor_words(source)] == []


def test_the_screens_are_found_at_all() -> None:
    spoken = {sentence for source in screens(*SCREENS) for sentence in words.shown(source)}
    assert {"Conversation", "Minimise chat", "Sign in"} <= spoken


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("agents/templates/a.html", "<p>The conversation has ended.</p>"),
        ("agents/templates/a.html", '<button title="Resume the chat">…</button>'),
        ("agents/static/a.js", 'const words = "Your lease has ended";'),
        ("agents/static/a.js", "return html`<p>No entries yet</p>`;"),
        ("agents/static/a.js", "const words = `Conversation with ${name}`;"),
        ("agents/views.py", 'words = "This conversation is closed."'),
    ],
)
def test_a_word_of_the_house_would_be_found(path: str, text: str) -> None:
    assert words.house_words(Source(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("widget/templates/a.html", "<p>An agent will join you.</p>"),
        ("widget/static/a.js", 'const words = "You are third in the queue";'),
    ],
)
def test_a_word_about_our_organisation_would_be_found(path: str, text: str) -> None:
    assert words.visitor_words(Source(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("agents/templates/a.html", '<ol aria-label="Conversation">{{ entry.position }}</ol>'),
        ("agents/static/a.js", "// Resume the conversation.\nif (entry.position > 3) request('resume');"),
        ("agents/views.py", '"""The conversation\'s entry."""\nx = chat["position"]'),
    ],
)
def test_what_nobody_reads_is_free(path: str, text: str) -> None:
    assert not words.house_words(Source(path, text))

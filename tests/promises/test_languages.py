"""No string that a person reads is left out: found in the sources, translated, with the same places."""

import gettext
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from support_chat.collecting import (
    PLACE,
    NotWrittenOut,
    in_script,
    in_template,
    of_catalogues,
    of_django,
    texts_in,
)
from support_chat.desk.natural_times import moment_of
from support_chat.po import Message, compiled, headers_of, messages_in, written
from support_chat.words import (
    FACES,
    PLURALS_TOLD,
    ROOT,
    STAFF,
    Face,
    catalogue_of,
    language_for,
    languages_of,
    plurals_in,
    script_of,
    staff_words_in,
    words_in,
)
from tests.promises.bare_words import bare_words_in

DOMAINS = ("django", "djangojs")
OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]
CATALOGUES = [
    pytest.param(face, language, domain, id=f"{face.rooms[-1]}-{language}-{domain}")
    for face in FACES
    for language in languages_of(face)[1:]
    for domain in DOMAINS
]
RIGHT_TO_LEFT = {"ar", "he"}
A_DAY = datetime(2026, 11, 30, 8, tzinfo=UTC)

each_catalogue = pytest.mark.parametrize(("face", "language", "domain"), CATALOGUES)


def read(face: Face, language: str, domain: str) -> tuple[Message, dict[tuple[str, str], Message]]:
    """The header, and the messages by what is translated."""
    header, *messages = messages_in(catalogue_of(language, domain, face).read_text(encoding="utf-8"))
    return header, {(each.text, each.plural): each for each in messages}


def numbers_by_form(header: Message) -> dict[int, list[int]]:
    rule = gettext.c2py(headers_of(header)["plural-forms"].partition("plural=")[2].rstrip(";"))
    forms: dict[int, list[int]] = {}
    for n in range(PLURALS_TOLD):
        forms.setdefault(rule(n), []).append(n)
    return forms


def places_in(text: str) -> set[str]:
    return set(PLACE.findall(text))


def test_the_languages_are_those_that_were_promised() -> None:
    promised = ["en", "de", "fr", "es", "pt", "ja", "zh-hans", "ar", "he"]
    assert [code for code, _ in settings.LANGUAGES] == promised


@each_catalogue
def test_every_text_of_the_sources_is_translated_and_none_that_is_gone_is_kept(
    face: Face, language: str, domain: str
) -> None:
    """`manage.py words` writes what is new into the catalogues, for somebody to translate."""
    header, messages = read(face, language, domain)
    assert messages.keys() == {(each.text, each.plural) for each in texts_in(domain, face)}
    for message in messages.values():
        forms = plurals_in(header) if message.plural else 1
        assert len(message.forms) == forms, message.text
        assert all(form.strip() for form in message.forms), message.text
        assert not message.fuzzy, message.text


@each_catalogue
def test_what_stands_in_a_text_stands_in_its_translation(face: Face, language: str, domain: str) -> None:
    """But the number, where a form is of one number alone: "two files"."""
    header, messages = read(face, language, domain)
    numbers = numbers_by_form(header)
    for message in messages.values():
        wanted = places_in(message.text + message.plural)
        for number, form in enumerate(message.forms):
            free = {"n"} if message.plural and len(numbers[number]) == 1 else set()
            assert places_in(form) | free == wanted | free, form
            assert not re.search(r"%(?!\(\w+\)s)", form), form


@each_catalogue
def test_the_plural_rule_of_a_language_asks_for_all_of_its_forms_and_repeats_after_a_hundred(
    face: Face, language: str, domain: str
) -> None:
    header, _ = read(face, language, domain)
    assert sorted(numbers_by_form(header)) == list(range(plurals_in(header)))
    rule = words_in(language, domain, face).plural
    assert all(rule(n) == rule(100 + n % 100) for n in range(PLURALS_TOLD, 2_000))


@each_catalogue
def test_a_catalogue_is_written_as_it_is_read(face: Face, language: str, domain: str) -> None:
    header, messages = read(face, language, domain)
    files = {(each.text, each.plural): each.file for each in texts_in(domain, face)}
    blocks = [written(header), *(written(one, files[name]) for name, one in messages.items())]
    assert catalogue_of(language, domain, face).read_text(encoding="utf-8") == "\n".join(blocks)
    assert headers_of(header)["language"].lower().replace("_", "-") == language


@pytest.mark.parametrize("language", languages_of(STAFF)[1:])
def test_what_django_reads_of_the_staffs_words_is_what_stands_in_the_catalogue(language: str) -> None:
    path = catalogue_of(language, "django", STAFF)
    assert path.with_suffix(".mo").read_bytes() == compiled(messages_in(path.read_text(encoding="utf-8")))


def test_the_staffs_script_holds_what_shared_modules_say_and_nothing_that_only_visitors_read() -> None:
    told = staff_words_in("de").texts
    assert told["Try again"] == "Noch einmal versuchen"
    assert told["This file is empty"] == words_in("de", "djangojs").texts["This file is empty"]
    assert "How can we help?" in words_in("de", "djangojs").texts
    assert "How can we help?" not in told


@pytest.mark.parametrize("language", OTHERS)
def test_languages_from_right_to_left_are_told_as_such_and_keep_names_in_their_place(language: str) -> None:
    words = words_in(language, "djangojs")
    told = words.gettext("%(name)s is back")
    isolated = "\N{FIRST STRONG ISOLATE}%(name)s\N{POP DIRECTIONAL ISOLATE}" in told
    assert (words.right_to_left, isolated) == ((True, True) if language in RIGHT_TO_LEFT else (False, False))


def test_a_text_that_is_not_written_out_is_no_text_to_translate() -> None:
    assert list(in_script('a = gettext("One"); b = ngettext("%(n)s day", "%(n)s days", n)')) == [
        ("One", ""),
        ("%(n)s day", "%(n)s days"),
    ]
    for source in ("gettext(`Hello`)", "gettext(name)", 'gettext("a" + b)', 'ngettext("one", many, n)'):
        with pytest.raises(NotWrittenOut):
            list(in_script(source))


def test_in_python_the_way_of_asking_tells_whether_visitors_or_the_staff_read_it() -> None:
    source = """
words.gettext("A " "b") % {"c": _(d)}
gettext("C")
gettext_noop("E")
F = gettext_lazy("F")
ngettext("%(n)s day", "%(n)s days", n)
gettext(known)
"""
    assert list(of_catalogues(source)) == [("A b", ""), ("E", "")]
    assert list(of_django(source)) == [("C", ""), ("F", ""), ("%(n)s day", "%(n)s days")]


def test_a_text_of_a_template_is_what_django_asks_for() -> None:
    source = """{% translate "One" %} {{ at|date:_("j F") }}
    {% blocktranslate trimmed with name=site.name count n=many %}
      A day on <bdi>{{ name }}</bdi>{% plural %}{{ n }} days
      on it{% endblocktranslate %}"""
    assert list(in_template(source)) == [
        ("One", ""),
        ("j F", ""),
        ("A day on <bdi>%(name)s</bdi>", "%(n)s days on it"),
    ]
    for source in ("{% translate name %}", "{% blocktranslate %}One{% endblocktranslate %}"):
        with pytest.raises(NotWrittenOut):
            list(in_template(source))


def test_a_catalogue_is_read_as_gettext_writes_it() -> None:
    source = """
# of a translator
#: somewhere.js:3
#, fuzzy, python-format
#| msgid "Before"
msgid ""
"One "
"text\\n"
msgid_plural "\\"Many\\" texts"
msgstr[0] "Ein"
msgstr[1] ""
"Vie"
"le"

#~ msgid "Gone"
#~ msgstr "Weg"
"""
    [read] = messages_in(source)
    assert read == Message("One text\n", '"Many" texts', ["Ein", "Viele"], fuzzy=True)
    assert list(messages_in(written(read))) == [read]
    with pytest.raises(ValueError, match="not read here"):
        list(messages_in('msgctxt "menu"\nmsgid "File"\nmsgstr "Datei"'))


def test_a_tag_leads_to_the_language_that_it_means() -> None:
    tags = {"de-AT": "de", "PT-br": "pt", "zh-CN": "zh-hans", "zh": "zh-hans", "he-IL": "he", "tlh": "en"}
    assert {tag: language_for(tag) for tag in tags} == tags
    assert language_for("", "tlh", "fr-CA", "de") == "fr"


def test_words_end_no_script_and_carry_no_markup() -> None:
    for language in OTHERS:
        assert not re.search(r"[<>\u2028\u2029]", script_of(words_in(language, "djangojs")))


def test_what_the_console_offers_as_a_time_is_understood_in_each_of_its_languages() -> None:
    """By one click, and as examples of what can be typed."""
    source = (ROOT / "agents/static/agents/snooze_dialog.js").read_text(encoding="utf-8")
    usual = re.findall(r'^  \[gettext\("([^"]+)"\),', source, re.MULTILINE)
    examples = "in 2 hours, tomorrow 9, monday, 24 dec 14:30"
    assert len(usual) == 4
    for language in languages_of(STAFF):
        told = staff_words_in(language)
        said = [*map(told.gettext, usual), *told.gettext(examples).split(", ")]
        assert [each for each in said if not moment_of(each, zone="UTC", now=A_DAY)] == []


CONSOLE = sorted((ROOT / "agents" / "static" / "agents").glob("*.js"))
TEMPLATES = sorted((ROOT / "agents" / "templates").glob("**/*.html"))
PANEL = sorted((ROOT / "widget" / "static" / "widget").glob("*.js"))
SHARED = sorted((ROOT / "support_chat" / "static" / "support_chat").glob("*.js"))
# English until the panel has told the loader more; called with its words.
OTHERWISE = {"loader.js", "invite.js"}
NO_WORDS = {"Escape", "Enter", "Files", "Content-Type", "Retry-After", "Bearer "}  # of browsers and HTTP
# Of the console: keys, names of parts and of what the server calls things, and languages by their own names.
KEYS = {
    "Alt",
    "Alt ↵",
    "Alt+",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "Backspace",
    "Esc",
    "Shift",
    "Space",
    "Tab",
}
PARTS = {
    "BesideLists",
    "Board",
    "ChatView",
    "Dialogs",
    "OffersBar",
    "RowFaces",
    "SearchPane",
    "TeamList",
    "ViewBar",
    "VisitorPane",
    ".chat-title h2",
    "button small ",
}
CAUSES = {
    "agent is full",
    "agent left",
    "came back",
    "chats unanswered",
    "connection lost",
    "no sign for a while",
}
OF_THE_SERVER = CAUSES | {"moved to the front", "priority changed", "visitor left", "application/json"}
OWN_NAMES = {"Support Chat", "English", "Deutsch"}
NO_WORDS_OF_THE_CONSOLE = NO_WORDS | KEYS | PARTS | OF_THE_SERVER | OWN_NAMES
PATTERNS = {"names.js"}  # of names in what visitors write, in two languages
ERRORS = re.compile(r".*Error|no answer: |no looks|not our server's answer")  # nobody reads them


@pytest.mark.parametrize(
    "path", [path for path in (*PANEL, *SHARED) if path.name not in OTHERWISE], ids=lambda path: path.name
)
def test_no_word_that_a_visitor_reads_stands_outside_of_gettext(path: Path) -> None:
    found = set(bare_words_in(path.read_text(encoding="utf-8"))) - NO_WORDS
    assert {each for each in found if not ERRORS.fullmatch(each)} == set()


@pytest.mark.parametrize(
    "path", [path for path in CONSOLE if path.name not in PATTERNS], ids=lambda path: path.name
)
def test_no_word_that_somebody_on_the_staff_reads_stands_outside_of_gettext(path: Path) -> None:
    found = set(bare_words_in(path.read_text(encoding="utf-8"))) - NO_WORDS_OF_THE_CONSOLE
    assert {each for each in found if not ERRORS.fullmatch(each)} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_of_the_staffs_pages_stands_outside_of_its_tags(path: Path) -> None:
    source = re.sub(
        r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", "", path.read_text(), flags=re.DOTALL
    )
    source = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<code>.*?</code>|<title>|</title>", "", source, flags=re.DOTALL)
    texts = re.findall(r">([^<>]+)<|(?:aria-label|alt|title|placeholder)=\"([^\"]+)\"", source)
    found = {text.strip() for pair in texts for text in pair if re.search(r"[^\W\d_]{2}", text)}
    assert {each for each in found if each.strip(" –") != "Support Chat"} == set()


@pytest.mark.parametrize(
    "source",
    [
        "html`<p>Hello ${name}</p>`",
        "html`<p>${late ? html`<b>So sorry</b>` : null}</p>`",
        'html`<button aria-label="Close" onClick=${() => { go(`x${1}`) }}></button>`',
        'const words = { send: "Send" };',
        "const told = `${count} new messages`;",
        'gettext("Fine"); say("Not fine")',
    ],
)
def test_a_word_outside_of_gettext_is_found(source: str) -> None:
    assert list(bare_words_in(source))


def test_what_is_no_word_is_not_found() -> None:
    source = """
    import { h } from "./Some File.js";
    // A comment with "Quoted words" in it.
    html`<p class="two words" dir="auto">${gettext("Fine words")}
      ${n > 1 ? fill(gettext("A %(b)s"), { b }) : "ok"}</p>`;
    """
    assert list(bare_words_in(source)) == []

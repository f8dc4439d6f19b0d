"""Brings the catalogues up to date with the sources; whoever translates finds what is new empty."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from support_chat.collecting import Found, texts_in
from support_chat.po import Message, compiled, messages_in, written
from support_chat.words import FACES, STAFF, catalogue_of, languages_of, plurals_in


class Command(BaseCommand):
    help = "Writes every text that people read into the catalogues: new ones empty, and none that is gone."

    def handle(self, *args: Any, **options: Any) -> None:
        for face in FACES:
            for domain in ("django", "djangojs"):
                found = texts_in(domain, face)
                for language in languages_of(face)[1:]:
                    path = catalogue_of(language, domain, face)
                    missing = renew(path, found)
                    if face is STAFF and domain == "django":
                        compile_beside(path)
                    room = face.rooms[-1]
                    self.stdout.write(
                        f"{room} {language} {domain}: {len(found)} texts, {missing} to translate"
                    )


def renew(path: Path, found: list[Found]) -> int:
    """Keeps what is translated; how many are not."""
    header, *known = messages_in(path.read_text(encoding="utf-8"))
    by_text = {(each.text, each.plural): each for each in known}
    count = plurals_in(header)
    messages = [by_text.get((each.text, each.plural)) or empty(each, count) for each in found]
    blocks = [written(header), *(written(one, each.file) for one, each in zip(messages, found, strict=True))]
    path.write_text("\n".join(blocks), encoding="utf-8")
    return sum(not all(each.forms) or each.fuzzy for each in messages)


def empty(found: Found, plurals: int) -> Message:
    return Message(found.text, found.plural, [""] * (plurals if found.plural else 1))


def compile_beside(path: Path) -> None:
    """What Django reads: the staff's pages are translated by Django itself."""
    path.with_suffix(".mo").write_bytes(compiled(messages_in(path.read_text(encoding="utf-8"))))

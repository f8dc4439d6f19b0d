"""Gettext catalogues as they are written, `.po`, and as Django reads them, `.mo`: without GNU gettext."""

import json
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

_LINE: Final = re.compile(r'(?:(msgid|msgid_plural|msgstr(?:\[\d\])?) )?(".*")')


@dataclass(slots=True)
class Message:
    """One text and its translations: one, or one a plural form. The header is that of the empty text."""

    text: str = ""
    plural: str = ""
    forms: list[str] = field(default_factory=list)
    fuzzy: bool = False
    file: str = field(default="", compare=False)  # where it stands in the sources


def messages_in(catalogue: str) -> Iterator[Message]:
    """All but those that are struck out (`#~`). ValueError where a line is none of a catalogue."""
    lines = (line.strip() for line in catalogue.splitlines())
    for filled, block in groupby((line for line in lines if not line.startswith("#~")), key=bool):
        wanted = [line for line in block if not line.startswith("#") or line.startswith(("#,", "#:"))]
        if filled and any(not line.startswith("#") for line in wanted):
            yield _message(wanted)


def _message(lines: list[str]) -> Message:
    message, name = Message(), ""
    for line in lines:
        if line.startswith("#,"):
            message.fuzzy = "fuzzy" in line
            continue
        if line.startswith("#:"):
            message.file = line.removeprefix("#:").strip()
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"This is not read here: {line}")
        name = found[1] or name
        message.forms += [""] if (found[1] or "").startswith("msgstr") else []
        _add(message, name, json.loads(found[2]))
    return message


def _add(message: Message, name: str, text: str) -> None:
    if name == "msgid":
        message.text += text
    elif name == "msgid_plural":
        message.plural += text
    else:
        message.forms[-1] += text


def headers_of(header: Message) -> dict[str, str]:
    """By their names in lower case."""
    lines = (line.partition(":") for line in header.forms[0].splitlines())
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def written(message: Message, file: str = "") -> str:
    """As it stands in a catalogue, after an empty line."""
    marks = ["fuzzy"] * message.fuzzy + ["python-format"] * ("%(" in message.text + message.plural)
    lines = [f"#: {file}"] * bool(file) + [f"#, {', '.join(marks)}"] * bool(marks)
    lines += [f"msgid {_quoted(message.text)}"]
    if message.plural:
        lines += [f"msgid_plural {_quoted(message.plural)}"]
        lines += [f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(message.forms)]
    else:
        lines += [f"msgstr {_quoted(message.forms[0])}"]
    return "\n".join(lines) + "\n"


def compiled(messages: Iterable[Message]) -> bytes:
    """The header and what is translated, as `.mo`: two tables of lengths and offsets, then the texts."""
    told = sorted(_entry(each) for each in messages if all(each.forms) and not each.fuzzy)
    begin, tables, data = 28 + 16 * len(told), [b"", b""], b""
    for side in (0, 1):
        for entry in told:
            tables[side] += struct.pack("<II", len(entry[side]), begin + len(data))
            data += entry[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(told), 28, 28 + 8 * len(told), 0, 0)
    return head + tables[0] + tables[1] + data


def _entry(message: Message) -> tuple[bytes, bytes]:
    texts = [message.text, message.plural] if message.plural else [message.text]
    return "\0".join(texts).encode(), "\0".join(message.forms).encode()


def _quoted(text: str) -> str:
    """One line, or one for each of its own."""
    parts = text.splitlines(keepends=True)
    quoted = [json.dumps(part, ensure_ascii=False) for part in parts] or ['""']
    return quoted[0] if len(quoted) == 1 else "\n".join(['""', *quoted])

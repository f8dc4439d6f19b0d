"""Documents: kept as they came, when they are what their names say and nothing beside it."""

import codecs
import zipfile
from pathlib import Path
from typing import IO, Final

import pypdfium2
from PIL import Image

from support_chat.desk.files.kinds import Kind
from support_chat.settings.chat import FILE_LARGE

MEMBERS: Final = 2_000  # of an office file
UNPACKED: Final = 200 * 1024 * 1024  # bytes of all of them
RATIO: Final = 250  # unpacked for each byte: text packs well, but not as well as a bomb
_LISTING: Final = 1024 * 1024  # bytes of the member that says what the file is
_END: Final = 22  # bytes of the end of an archive, which is the end of the file
_ACTIVE: Final = ("vbaproject", "vbadata", "activex/", "basic/", "scripts/", "macrosheets/", "customui/")
_MARKUP: Final = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<head", "<body", "{\\rtf")


class NotADocument(Exception):
    """Damaged, of another kind, or with something in it that may act."""


def first_page(source: Path) -> Image.Image | None:
    """A PDF's first page as a picture; None where a password keeps it from us."""
    with source.open("rb") as file:
        if file.read(5) != b"%PDF-" or zipfile.is_zipfile(file):
            raise NotADocument("no PDF, or more than one")
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            return None
        raise NotADocument("damaged") from error
    with document:
        page = document[0]
        scale = FILE_LARGE / max(1.0, *page.get_size())
        picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        return picture


def check_text(source: Path) -> None:
    """Words alone, in UTF-8: no zeros, and no markup that a browser might take for a page."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    begin = ""
    with source.open("rb") as file:
        while chunk := file.read(64 * 1024):
            text = decoder.decode(chunk)
            if "\0" in text:
                raise NotADocument("not text")
            begin = begin or text[:512]
        decoder.decode(b"", final=True)
    if begin.lstrip().lower().startswith(_MARKUP):
        raise NotADocument("markup")


def check_office(source: Path, kind: Kind) -> None:
    """One archive from the first byte to the last, of members that stay small, none of which acts."""
    with source.open("rb") as file:
        if file.read(4) != b"PK\x03\x04" or not _ends_with_its_end(file):
            raise NotADocument("not an archive alone")
    with zipfile.ZipFile(source) as archive:
        members = archive.infolist()
        _check_sizes(members, source.stat().st_size)
        names = [member.filename.lower() for member in members]
        if any(active in name for name in names for active in _ACTIVE):
            raise NotADocument("it may act")
        if any(name.startswith("/") or ".." in name.split("/") for name in names):
            raise NotADocument("it leaves its folder")
        if not _says(archive, kind):
            raise NotADocument("another kind")


def _ends_with_its_end(file: IO[bytes]) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - _END))
    return file.read(4) == b"PK\x05\x06"


def _check_sizes(members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS or unpacked > min(UNPACKED, RATIO * packed):
        raise NotADocument("too much to unpack")
    if any(member.flag_bits & 1 for member in members):
        raise NotADocument("encrypted")


def _says(archive: zipfile.ZipFile, kind: Kind) -> bool:
    """Whether the file says of itself that it is of this kind, without macros."""
    if kind.suffix.startswith("o"):
        return _read(archive, "mimetype").strip() == kind.says.encode()
    types = _read(archive, "[Content_Types].xml")
    return kind.says.encode() in types and b"macroenabled" not in types.lower()


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as member:
            found = member.read(_LISTING + 1)
    except KeyError as error:
        raise NotADocument("it does not say what it is") from error
    if len(found) > _LISTING:
        raise NotADocument("too much to say")
    return found

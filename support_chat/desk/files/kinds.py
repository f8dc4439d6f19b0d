"""Which files are taken: by the end of their name, each with what its content has to be.

Whatever is not in this table is refused: nothing is guessed.
"""

from dataclasses import dataclass
from typing import Any, Final

from support_chat.settings.chat import FILE_BYTES, FILES_A_MESSAGE


@dataclass(frozen=True, slots=True)
class Kind:
    """`type` is the media type of what is kept, `suffix` the end of its name: a picture is made anew, some as
    another kind of picture. `part` is where an office file says what it is, and `says` how it begins."""

    name: str  # as Attachment.Kind
    type: str
    suffix: str
    format: str = ""  # Pillow's name of what comes
    keep: str = ""  # and of what is kept
    says: str = ""
    copies: float = 1  # of all pixels, while it is unpacked or packed


_OOXML: Final = "application/vnd.openxmlformats-officedocument"
_ODF: Final = "application/vnd.oasis.opendocument"
_JPEG: Final = Kind("image", "image/jpeg", "jpg", "JPEG", "JPEG", copies=2)
_HEIC: Final = Kind("image", "image/jpeg", "jpg", "HEIF", "JPEG", copies=2)


def _office(suffix: str, main: str, type_: str) -> Kind:
    return Kind("office", type_, suffix, says=main)


def _ooxml(suffix: str, name: str, part: str) -> Kind:
    return _office(suffix, f"{_OOXML}.{name}.{part}.main+xml", f"{_OOXML}.{name}.{part}")


KINDS: Final[dict[str, Kind]] = {
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind("image", "image/png", "png", "PNG", "PNG"),
    "gif": Kind("image", "image/png", "png", "GIF", "PNG"),  # its first picture
    "webp": Kind("image", "image/webp", "webp", "WEBP", "WEBP", copies=7),
    "heic": _HEIC,
    "heif": _HEIC,
    "pdf": Kind("pdf", "application/pdf", "pdf"),
    "txt": Kind("text", "text/plain; charset=utf-8", "txt"),
    "log": Kind("text", "text/plain; charset=utf-8", "log"),
    "csv": Kind("text", "text/csv; charset=utf-8", "csv"),
    "docx": _ooxml("docx", "wordprocessingml", "document"),
    "xlsx": _office("xlsx", f"{_OOXML}.spreadsheetml.sheet.main+xml", f"{_OOXML}.spreadsheetml.sheet"),
    "pptx": _ooxml("pptx", "presentationml", "presentation"),
    "odt": _office("odt", f"{_ODF}.text", f"{_ODF}.text"),
    "ods": _office("ods", f"{_ODF}.spreadsheet", f"{_ODF}.spreadsheet"),
    "odp": _office("odp", f"{_ODF}.presentation", f"{_ODF}.presentation"),
}


def limits_told() -> dict[str, Any]:
    """What a page says before somebody chooses a file."""
    return {"size": FILE_BYTES, "count": FILES_A_MESSAGE, "types": [f".{suffix}" for suffix in KINDS]}

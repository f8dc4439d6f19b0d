"""Names of files as they may stand on a screen and in somebody's folder."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

LONGEST: Final = 100  # characters, with the end
GIVEN: Final = 255  # characters kept of what came
_UNSEEN: Final = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}  # control, format (turns text around), unassigned
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_INNER: Final = re.compile(r"\.(?=[A-Za-z]+\d?(?:\.|$))")  # an end before the end, as in "a.exe.png"
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # no file on Windows
_WITHOUT_A_NAME: Final = "file"


def suffix_of(given: str) -> str:
    """The end of the name as a reader sees it, in lower case; "" without one."""
    return PurePosixPath(_plain(given)).suffix.removeprefix(".").lower()


def safe_name(given: str, suffix: str) -> str:
    """One line that says what it is: no folders, nothing unseen, one end, which is `suffix`."""
    stem = PurePosixPath(_plain(given)).stem.strip(" .")
    stem = _INNER.sub("_", stem)
    if _DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem[: LONGEST - len(suffix) - 1].rstrip(' .') or _WITHOUT_A_NAME}.{suffix}"


def _plain(given: str) -> str:
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(
        each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each) not in _UNSEEN
    )
    return _FORBIDDEN.sub("_", seen).strip()

"""What is taken, what becomes of it, and what is refused: by a process of its own, as in a server."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from support_chat.desk.files import checking
from support_chat.desk.files.checking import Checked, check
from support_chat.desk.files.errors import FileRefused, Unsafe, WrongType
from tests.desk.files import made

HTML = b"<!doctype html><script>alert(document.domain)</script>"
# What a check has filled at most, in kB.
PEAK = """
import sys
from support_chat.desk.files import examine
examine.main(*sys.argv[1:])
print("", next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def checked(folder: Path, suffix: str, content: bytes) -> Checked:
    (folder / "given").write_bytes(content)
    return check(suffix, folder)


def kept(folder: Path, name: str = "file") -> Image.Image:
    picture = Image.open(folder / name)
    picture.load()
    return picture


def test_a_photo_loses_its_place_and_its_words_and_keeps_its_way_up(tmp_path: Path) -> None:
    photo = made.photo_with_a_place()
    assert made.SECRET in photo
    facts = checked(tmp_path, "jpg", photo)
    assert (facts.width, facts.height, facts.looks) == (40, 60, True)
    for name in ("file", "large", "small"):
        content = (tmp_path / name).read_bytes()
        assert made.SECRET not in content
        assert b"script" not in content
        assert not kept(tmp_path, name).getexif()


def test_a_heic_becomes_a_jpeg(tmp_path: Path) -> None:
    checked(tmp_path, "heic", made.picture("HEIF"))
    assert kept(tmp_path).format == "JPEG"


def test_what_hangs_at_the_end_of_a_picture_is_gone(tmp_path: Path) -> None:
    checked(tmp_path, "png", made.picture("PNG") + HTML)
    assert b"script" not in (tmp_path / "file").read_bytes()
    assert kept(tmp_path).format == "PNG"


def test_pictures_of_a_large_picture_are_smaller(tmp_path: Path) -> None:
    facts = checked(tmp_path, "jpeg", made.picture("JPEG", (6_000, 1_500)))
    assert (facts.width, facts.height) == (3_000, 750)  # a whole number of times smaller
    assert kept(tmp_path, "large").size == (1_600, 400)
    assert kept(tmp_path, "small").size == (480, 120)


@pytest.mark.parametrize(
    ("suffix", "format_", "mode", "size"),
    [
        ("png", "PNG", "RGBA", (5_000, 5_000)),
        ("png", "PNG", "RGBA", (4_096, 4_000)),
        ("jpg", "JPEG", "RGB", (8_160, 6_120)),
        ("webp", "WEBP", "RGBA", (2_000, 1_750)),
    ],
)
def test_no_picture_takes_more_than_150_mb(
    tmp_path: Path, suffix: str, format_: str, mode: str, size: tuple[int, int]
) -> None:
    Image.new(mode, size, "teal").save(tmp_path / "given", format_, method=0, compress_level=1)
    said = subprocess.run(
        [sys.executable, "-c", PEAK, suffix, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert int(said.stdout.split()[-1]) < 150_000, said.stdout


def test_of_a_gif_the_first_picture_is_kept(tmp_path: Path) -> None:
    checked(tmp_path, "gif", made.many_pictures())
    assert getattr(kept(tmp_path), "n_frames", 1) == 1


def test_a_pdf_is_kept_as_it_is_and_its_first_page_is_seen(tmp_path: Path) -> None:
    content = made.pdf(3)
    facts = checked(tmp_path, "pdf", content)
    assert (tmp_path / "file").read_bytes() == content
    assert facts.looks
    assert kept(tmp_path, "large").format == "JPEG"


@pytest.mark.parametrize(
    ("suffix", "content"),
    [("txt", "Grüße\n".encode()), ("csv", b"a;b\n1;2\n"), ("docx", made.office(word__document="<w/>"))],
)
def test_words_and_office_files_are_kept_as_they_are(tmp_path: Path, suffix: str, content: bytes) -> None:
    assert not checked(tmp_path, suffix, content).looks
    assert (tmp_path / "file").read_bytes() == content


REFUSED: dict[str, tuple[str, bytes]] = {
    "svg": ("svg", SVG),
    "html": ("html", HTML),
    "program": ("exe", b"MZ"),
    "old office file": ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "office file with macros": ("docm", made.office()),
    "html as picture": ("png", HTML),
    "svg as picture": ("png", SVG),
    "gif as png": ("png", made.picture("GIF")),
    "html as text": ("txt", b"\n" + HTML),
    "svg as text": ("txt", b"\xef\xbb\xbf" + SVG),
    "bytes as text": ("txt", b"a\0b"),
    "latin as text": ("txt", "Grüße".encode("latin-1")),
    "text as pdf": ("pdf", b"hello"),
    "html before a pdf": ("pdf", HTML + made.pdf()),
    "pdf that is an archive too": ("pdf", made.pdf() + made.office()),
    "half a pdf": ("pdf", b"%PDF-1.7\nhello"),
    "half a picture": ("png", made.picture("PNG", (400, 400))[:-300]),
    "too many pixels": ("png", made.huge_picture()),
    "pk and zeros": ("docx", b"PK\x03\x04" + bytes(34)),
    "something before an archive": ("docx", HTML + made.office()),
    "something after an archive": ("docx", made.office() + HTML),
    "macros inside": ("docx", made.office(word__vbaProject="x")),
    "macros in its own words": ("docx", made.office(types=made.DOCX + "application/x.macroEnabled.main+xml")),
    "an archive that says nothing": ("docx", made.office(types="<Types/>")),
    "a sheet as a document": ("xlsx", made.office()),
    "out of its folder": ("docx", made.office(**{"..__..__evil": "x"})),
    "an archive that bursts": ("docx", made.office(bomb=bytes(60_000_000))),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_what_it_should_be_is_refused(tmp_path: Path, case: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        checked(tmp_path, *REFUSED[case])
    assert isinstance(refusal.value, Unsafe | WrongType)


def test_a_check_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "CHECK_LASTS", 0.01)
    with pytest.raises(Unsafe):
        checked(tmp_path, "png", made.picture())


def test_the_archives_of_these_tests_would_be_taken_without_what_is_wrong_with_them() -> None:
    assert zipfile.is_zipfile(io.BytesIO(made.office()))

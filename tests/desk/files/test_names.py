import pytest

from support_chat.desk.files.names import LONGEST, safe_name, suffix_of


@pytest.mark.parametrize(
    ("given", "suffix"),
    [
        ("photo.JPG", "jpg"),
        ("C:\\Users\\me\\scan.pdf", "pdf"),
        ("../../etc/passwd", ""),
        ("photo\u202egpj.exe", "exe"),  # shows as photoexe.jpg
        ("photo.jpg\u200b", "jpg"),
        ("invoice.pdf.exe", "exe"),
        (".htaccess", ""),
        ("no end", ""),
    ],
)
def test_what_a_file_ends_in_is_what_a_reader_sees(given: str, suffix: str) -> None:
    assert suffix_of(given) == suffix


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("holiday.heic", "holiday.jpg"),
        ("../../up/photo.png", "photo.jpg"),
        ("virus.exe.png", "virus_exe.jpg"),
        ("page.html.JPG", "page_html.jpg"),
        ("report v1.2.png", "report v1.2.jpg"),
        ("a\u202e\u2066b\x00c\nd.png", "abcd.jpg"),
        ('<img src="x">.png', "_img src=_x__.jpg"),
        ("con.png", "_con.jpg"),
        ("  ... .png", "file.jpg"),
        ("Größe – 尺寸.png", "Größe – 尺寸.jpg"),
    ],
)
def test_a_name_is_one_line_that_says_what_the_file_is(given: str, name: str) -> None:
    assert safe_name(given, "jpg") == name


def test_a_long_name_is_cut_before_its_end() -> None:
    name = safe_name("x" * 300 + ".pdf", "pdf")
    assert len(name) == LONGEST
    assert name.endswith("x.pdf")

"""A scanner that is asked must answer, and must say that there is nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from support_chat.desk.files import scanning
from support_chat.desk.files.errors import NotChecked, Unsafe
from support_chat.desk.files.scanning import scan
from tests.desk.files.clamd import EICAR, Clamd

Scan = Callable[[Clamd, bytes], None]


@pytest.fixture
def scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scan:
    """Scan this content, with such a scanner."""
    monkeypatch.setattr(scanning, "SCAN_LASTS", 0.5)

    def scan_with(clamd: Clamd, content: bytes) -> None:
        (tmp_path / "given").write_bytes(content)
        with override_settings(CLAMAV_URL=clamd.url):
            scan(tmp_path / "given")

    return scan_with


def test_a_clean_file_is_sent_whole_and_passes(scanned: Scan) -> None:
    content = bytes(range(256)) * 1_000
    with Clamd() as clamd:
        scanned(clamd, content)
    assert clamd.heard == [content]


def test_what_the_scanner_finds_is_refused_for_good(scanned: Scan) -> None:
    with Clamd() as clamd, pytest.raises(Unsafe) as refusal:
        scanned(clamd, EICAR)
    assert not refusal.value.retry


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: OK?", None])
def test_a_scanner_that_does_not_say_ok_lets_nothing_pass(says: bytes | None, scanned: Scan) -> None:
    with Clamd(says) as clamd, pytest.raises(NotChecked) as refusal:
        scanned(clamd, b"hello")
    assert refusal.value.retry


def test_without_its_scanner_nothing_passes(scanned: Scan) -> None:
    with Clamd() as gone:
        pass
    with pytest.raises(NotChecked):
        scanned(gone, b"hello")

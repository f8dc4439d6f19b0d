"""Files go through a real server, and are in a backup where a folder keeps them; else it says so."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.services.open_house import OpenHouse
from tests.services.served import files_of, own_environment, run_manage

LONG = b"A line of a long log.\n" * 420_000  # 9 MB, nine times what other addresses take


def run(database_url: str, *command: str, **environment: str) -> str:
    return run_manage(*command, environment=own_environment(database_url, **environment))


def upload(house: OpenHouse, token: str, content: bytes, path: str = "/widget/files/") -> tuple[int, Any]:
    request = urllib.request.Request(
        f"{house.served.url}{path}?client_id={uuid4()}",
        content,
        {
            "Authorization": f"Bearer {token}",
            "X-File-Name": "long.log",
            "Content-Type": "application/octet-stream",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, None


async def test_a_long_file_is_taken_backed_up_and_put_back_with_its_database(
    open_house: Callable[..., OpenHouse], elsewhere: Callable[[str], str], tmp_path: Path
) -> None:
    house = open_house()
    async with house.visitor() as vera:
        await vera.start_conversation("Hello")
        token = str(vera.token)
        status, facts = await asyncio.to_thread(upload, house, token, LONG)
        assert (status, facts["size"]) == (201, len(LONG))
        assert (await asyncio.to_thread(upload, house, token, LONG + LONG))[0] == 413
    house.served.stop()
    url = house.served.database_url
    await asyncio.to_thread(back_up_and_put_back, url, elsewhere(url), tmp_path)


def back_up_and_put_back(url: str, other: str, tmp_path: Path) -> None:
    said = run(url, "backup", str(tmp_path / "backup"))
    assert "files/: 1 files of chats" in said
    assert "all hold" in run(other, "restore", str(tmp_path / "backup"))
    kept = [path for path in Path(files_of(other)).rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [LONG]
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)
    kept[0].unlink()
    assert "the bytes of every file are kept" in broken_in(other)
    elsewhere_kept = {"FILES_STORAGE": "django.core.files.storage.InMemoryStorage"}
    said = run(url, "backup", str(tmp_path / "without"), **elsewhere_kept)
    assert "Without the files of chats: django.core.files.storage.InMemoryStorage keeps them" in said


def broken_in(database_url: str) -> str:
    try:
        run(database_url, "check_integrity")
    except RuntimeError as broken:
        return str(broken)
    return ""

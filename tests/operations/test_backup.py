"""`backup` and `restore` do what they say or nothing, and say why."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from support_chat.desk.backup import postgresql
from support_chat.live.client import VisitorClient
from tests.promises.talking import bodies
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.served import ServedProcess, own_environment, run_manage


@pytest.fixture
def made(each_database_url: str, tmp_path: Path) -> Path:
    """A backup of a house without chats."""
    build_house_in(each_database_url)
    run(each_database_url, "backup", str(tmp_path / "backup"))
    return tmp_path / "backup"


def run(database_url: str, *command: str, **environment: str) -> str:
    return run_manage(*command, environment=own_environment(database_url, **environment))


def refused(words: str, database_url: str, *command: str, **environment: str) -> None:
    with pytest.raises(RuntimeError, match=words):
        run(database_url, *command, **environment)


def test_it_holds_everything_and_only_its_owner_reads_it(made: Path) -> None:
    manifest = json.loads((made / "manifest.json").read_text())
    assert manifest["rows"]["desk_site"] == 1
    assert {path.name for path in made.iterdir()} == {"manifest.json", *manifest["files"]}
    for path in (made, *made.iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_that_is_there_is_not_written_to(made: Path, each_database_url: str) -> None:
    before = (made / "manifest.json").read_bytes()
    refused("is there already", each_database_url, "backup", str(made))
    assert (made / "manifest.json").read_bytes() == before


def test_of_a_database_that_is_not_ours_nothing_is_made(
    each_database_url: str, elsewhere: Callable[[str], str], tmp_path: Path
) -> None:
    refused("nothing of ours", elsewhere(each_database_url), "backup", str(tmp_path / "backup"))
    assert not any(path.name.startswith("backup") for path in tmp_path.iterdir())


async def test_what_lies_in_a_database_gives_way_only_when_told_to(
    open_house: Callable[..., OpenHouse], tmp_path: Path
) -> None:
    house, folder = open_house(), str(tmp_path / "backup")
    url = house.served.database_url
    run(url, "backup", folder)
    async with house.visitor() as vera:
        await vera.start_conversation("Hello")
        refused("A server lives on this database", url, "restore", folder, "--replace")
    house.served.stop()
    refused("not empty", url, "restore", folder)
    assert chats_in(url) == "1"
    run(url, "restore", folder, "--replace")
    assert chats_in(url) == "0"


def chats_in(url: str) -> str:
    words = "from support_chat.desk.models import Conversation; print(Conversation.objects.count())"
    return run(url, "shell", "-v0", "--command", words).strip()


def test_what_gave_way_on_sqlite_is_kept_beside(sqlite_url: str, tmp_path: Path) -> None:
    build_house_in(sqlite_url)
    run(sqlite_url, "backup", str(tmp_path / "backup"))
    run(sqlite_url, "restore", str(tmp_path / "backup"), "--replace")
    kept = sqlite_url.removeprefix("sqlite:///") + ".before-restore"
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM desk_site").fetchone() == (1,)


def test_a_damaged_backup_restores_nothing(
    made: Path, each_database_url: str, elsewhere: Callable[[str], str]
) -> None:
    (name,) = (path.name for path in made.iterdir() if path.name.startswith("database"))
    with (made / name).open("r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    refused("missing or damaged", elsewhere(each_database_url), "restore", str(made))
    (made / "manifest.json").unlink()
    refused("is no backup", elsewhere(each_database_url), "restore", str(made))


def test_a_restore_that_fails_half_way_leaves_what_was_there(postgres_url: str, tmp_path: Path) -> None:
    build_house_in(postgres_url)
    folder = tmp_path / "backup"
    run(postgres_url, "backup", str(folder))
    programs = tmp_path / "programs"
    programs.mkdir()
    put_program(
        programs / "pg_restore",
        'case "$1" in --version) exec %(real)s "$@";; esac\n%(real)s "$@" | head -c 60000; exit 7',
    )
    refused(
        "pg_restore ended with 7", postgres_url, "restore", str(folder), "--replace", PATH=first(programs)
    )
    words = "from support_chat.desk.models import User; print(User.objects.count())"
    assert run(postgres_url, "shell", "-v0", "--command", words).strip() == "3"


def test_a_backup_of_the_other_kind_is_refused(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "backup")
    run(sqlite_url, "backup", folder)
    refused("a backup of sqlite; DATABASE_URL names postgresql", postgres_url, "restore", folder)


def test_a_backup_of_a_newer_release_is_refused(
    made: Path, each_database_url: str, elsewhere: Callable[[str], str]
) -> None:
    manifest = json.loads((made / "manifest.json").read_text())
    manifest["migrations"].append("desk.9999_from_the_future")
    (made / "manifest.json").write_text(json.dumps(manifest))
    refused("newer release: desk.9999_from_the_future", elsewhere(each_database_url), "restore", str(made))


def test_a_missing_program_is_named_with_its_package(postgres_url: str, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    words = r"pg_dump is not installed: it comes with postgresql-client-\d+"
    refused(words, postgres_url, "backup", str(tmp_path / "backup"), PATH=str(nowhere))
    assert not any(path.name.startswith("backup") for path in tmp_path.iterdir())


@pytest.mark.parametrize("version", ["9.6.24", "99.1"])
def test_a_program_of_another_version_is_named_with_both(
    postgres_url: str, tmp_path: Path, version: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    put_program(programs / "pg_dump", f'echo "pg_dump (PostgreSQL) {version}"')
    words = (
        rf"pg_dump is of version {int(float(version[:3]))}, the server of \d\d: put postgresql-client-\d\d"
    )
    refused(words, postgres_url, "backup", str(tmp_path / "backup"), PATH=first(programs))


def put_program(path: Path, script: str) -> None:
    """A program of this name that does this; %(real)s is where the real one is."""
    real = next(
        Path(place, path.name) for place in os.environ["PATH"].split(":") if Path(place, path.name).exists()
    )
    path.write_text(f"#!/bin/sh\n{script.replace('%(real)s', str(real))}\n")
    path.chmod(0o755)


def first(folder: Path) -> str:
    return f"{folder}:{os.environ['PATH']}"


def test_the_kept_secret_key_comes_back_with_the_data(sqlite_url: str, tmp_path: Path) -> None:
    environment = own_environment(sqlite_url)
    del environment["SECRET_KEY"]
    run_manage("backup", str(tmp_path / "backup"), environment=environment)
    key = Path(sqlite_url.removeprefix("sqlite:///")).parent / ".secret_key"
    before = key.read_text()
    key.write_text("another")
    run_manage("restore", str(tmp_path / "backup"), "--replace", environment=environment)
    assert key.read_text() == before
    assert key.stat().st_mode & 0o077 == 0


async def test_a_restored_database_is_one_to_go_on_with(
    made: Path,
    each_database_url: str,
    elsewhere: Callable[[str], str],
    serve_process: Callable[..., ServedProcess],
) -> None:
    url = elsewhere(each_database_url)
    run(url, "restore", str(made))
    key = run(
        url,
        "shell",
        "-v0",
        "--command",
        "from support_chat.desk.models import Site; print(Site.objects.get().public_key)",
    )
    served = serve_process(url)
    async with VisitorClient(f"{served.ws_url}/ws/visitor", site=key.strip()) as vera:
        chat = await vera.start_conversation("Hello")
        assert bodies(vera.logs[chat].entries) == ["Hello"]


def test_no_list_of_processes_shows_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {"NAME": "chat", "USER": "desk", "PASSWORD": "open sesame", "HOST": "db", "PORT": 5433}
    settings = {**named, "OPTIONS": {"sslmode": "verify-full"}}
    monkeypatch.setattr(postgresql, "connection", SimpleNamespace(settings_dict=settings))
    arguments, environment = postgresql._where()
    assert arguments == ["--no-password", "-U", "desk", "-h", "db", "-p", "5433", "--dbname=chat"]
    assert (environment["PGPASSWORD"], environment["PGSSLMODE"]) == ("open sesame", "verify-full")

"""The rules of the house hold everywhere, and each rule is shown to find what breaks it."""

from collections.abc import Callable, Iterable

import pytest

from tests.promises.rules import hosts, imports, shape, writes
from tests.promises.rules.sources import ROOMS, ROOT, Source, is_ours, project_files, read_python, read_texts

TOP = {"manage.py", "pyproject.toml", "README.md", "support_chat", "widget", "agents", "tests", "fixtures"}


def broken(rule: Callable[[Source], list[str]], sources: Iterable[Source]) -> list[str]:
    """All findings of a rule; none when it holds."""
    return [finding for source in sources for finding in rule(source)]


def test_only_the_agreed_names_are_visible_at_the_top() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and is_ours(path)}
    assert visible == TOP


def test_imports_run_one_way() -> None:
    assert broken(imports.upward_imports, read_python(*ROOMS)) == []


def test_the_wire_knows_no_database_and_no_model() -> None:
    wire = (source for source in read_python("support_chat") if source.path.startswith("support_chat/live/"))
    assert broken(imports.database_imports, wire) == []


def test_no_function_hides_an_import() -> None:
    assert broken(imports.hidden_imports, read_python(*ROOMS, "tests")) == []


def test_rows_of_the_domain_change_inside_the_desk_only() -> None:
    outside = (s for s in read_python(*ROOMS) if not s.path.startswith("support_chat/desk/"))
    assert broken(writes.row_writes, outside) == []


def test_only_actions_and_the_journal_publish() -> None:
    assert broken(writes.publishing, read_python(*ROOMS)) == []


def test_every_function_fits_a_screen() -> None:
    assert broken(shape.long_functions, read_python(*ROOMS, "tests")) == []


def written_by_hand() -> list[Source]:
    return [
        source
        for source in read_texts()
        if source.path.endswith((".py", ".js", ".css"))
        and "/vendor/" not in source.path
        and "/migrations/" not in source.path
    ]


def test_every_file_holds_one_idea() -> None:
    assert broken(shape.long_files, written_by_hand()) == []


def test_every_function_says_what_it_takes_and_gives() -> None:
    assert broken(shape.untyped_functions, read_python(*ROOMS, "tests")) == []


def test_nothing_is_put_off_or_silenced() -> None:
    assert broken(shape.postponements, written_by_hand()) == []


def test_no_file_names_a_package_registry() -> None:
    assert broken(hosts.registry_hosts, read_texts()) == []


def test_no_lock_file_is_kept() -> None:
    assert not hosts.lock_files([path.relative_to(ROOT).as_posix() for path in project_files()])


BAD: list[tuple[Callable[[Source], list[str]], str, str]] = [
    (imports.upward_imports, "support_chat/live/hub.py", "from support_chat.desk import journal"),
    (imports.upward_imports, "widget/consumers.py", "import agents.policy"),
    (imports.upward_imports, "support_chat/desk/db.py", "from support_chat import asgi"),
    (imports.database_imports, "support_chat/live/hub.py", "from django.db import connection"),
    (imports.database_imports, "support_chat/live/hub.py", "from somewhere.models import Site"),
    (imports.hidden_imports, "widget/views.py", "async def f():\n    from a import b"),
    (writes.row_writes, "agents/views.py", "site.save()"),
    (writes.row_writes, "agents/views.py", "Site.objects.filter(id=1).update(name='x')"),
    (writes.row_writes, "agents/views.py", "Site.objects.create(name='x')"),
    (writes.row_writes, "agents/views.py", "chat.delete()"),
    (writes.row_writes, "agents/views.py", "Site.objects.bulk_create(rows)"),
    (writes.publishing, "agents/consumers.py", "self.publisher.publish(news)"),
    (shape.long_functions, "widget/views.py", "def f():\n" + "    x = 1\n" * 40),
    (shape.long_files, "widget/views.py", "x = 1\n" * 301),
    (shape.untyped_functions, "widget/views.py", "def f(x: int): ..."),
    (shape.untyped_functions, "widget/views.py", "def f(*x) -> None: ..."),
    (shape.postponements, "widget/views.py", "x = 1  # TO" + "DO later"),
    (hosts.registry_hosts, "README.md", "see https://" + hosts.HOSTS[0] + "/project"),
]


@pytest.mark.parametrize(("rule", "path", "text"), BAD)
def test_each_rule_finds_what_breaks_it(rule: Callable[[Source], list[str]], path: str, text: str) -> None:
    assert rule(Source(path, text))


GOOD: list[tuple[Callable[[Source], list[str]], str, str]] = [
    (imports.upward_imports, "widget/consumers.py", "from support_chat.desk import access"),
    (imports.database_imports, "support_chat/live/hub.py", "import django.conf"),
    (writes.row_writes, "agents/views.py", "headers.update({'a': 1})\ncache.delete('a')"),
    (writes.publishing, "support_chat/desk/actions/messages.py", "tx.tell(news)"),
    (shape.long_functions, "widget/views.py", "def f():\n" + "    x = 1\n" * 39),
    (shape.untyped_functions, "widget/views.py", "class A:\n    def f(self, x: int) -> None: ..."),
]


@pytest.mark.parametrize(("rule", "path", "text"), GOOD)
def test_no_rule_finds_what_keeps_it(rule: Callable[[Source], list[str]], path: str, text: str) -> None:
    assert not rule(Source(path, text))


def test_a_lock_file_would_be_found() -> None:
    assert hosts.lock_files(["tests/js/package-lock.json", "uv.lock", "README.md"]) == [
        "tests/js/package-lock.json",
        "uv.lock",
    ]

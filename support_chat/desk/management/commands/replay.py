"""Plays recorded chats through real sockets and says what became of every message."""

import asyncio
import socket
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from support_chat.desk.models import Site
from support_chat.desk.replay.player import Play
from support_chat.desk.replay.recording import Recording, UnreadableError
from support_chat.desk.replay.score import Score
from support_chat.desk.replay.stage import build_stage, close_stage, newest_stage
from support_chat.desk.replay.verify import verify
from support_chat.live.client import EndedError

BAR = 30  # characters
HELP = """Plays chats through real sockets against a server that runs on this database: a fresh visitor
for each, agents by API token, every message after the one before it has been heard at the other end.
Prints what was sent, delivered, lost, doubled and out of order; exit status 1 when anything was.

FILE has one chat a line, as JSON, optionally gzipped:
  {"started": 1589375697, "messages": [{"at": 0, "from": "visitor", "text": "..."}, ...]}

For --speed max start the server with THROTTLE=off: it is one source that sends for hundreds."""


def pace(text: str) -> float | None:
    """`max`, or how many recorded seconds pass in one."""
    if text == "max":
        return None
    try:
        speed = float(text)
    except ValueError as error:
        raise ArgumentTypeError("a number, or max") from error
    if not 0 < speed < 1e6:
        raise ArgumentTypeError("more than 0, or max")
    return speed


def count(text: str) -> int:
    """A whole number above 0."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError("a whole number above 0")
    return int(text)


def knock(url: str) -> None:
    """Refuses at once where nothing listens: a client would go on trying."""
    place = urlsplit(url)
    if place.scheme not in {"ws", "wss"} or not place.hostname:
        raise CommandError(f"{url} is not an address such as ws://127.0.0.1:8000")
    port = place.port or (443 if place.scheme == "wss" else 80)
    try:
        socket.create_connection((place.hostname, port), timeout=5).close()
    except OSError as error:
        raise CommandError(f"nothing answers at {url}: {error}") from error


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args: Any, **options: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("file", type=Path, metavar="FILE")
        add("--url", default="ws://127.0.0.1:8000", help="the visitors' server (default: %(default)s)")
        add("--agent-url", help="the agents' server, where it is another process (default: the same)")
        add("--speed", type=pace, default=None, metavar="1|60|max", help="times as fast (default: max)")
        add("--limit", type=count, metavar="N", help="the first N chats only")
        add("--agents", type=count, default=8, metavar="N", help="how many agents answer (default: 8)")
        add("--capacity", type=count, default=8, metavar="N", help="chats an agent holds (default: 8)")
        add("--verify", action="store_true", help="then compare the database with FILE, byte for byte")
        add("--verify-only", action="store_true", help="play nothing: compare the last replay of FILE")

    def handle(self, *, file: Path, limit: int | None, **options: Any) -> None:
        try:
            recording = Recording.open(file, limit)
            if options["verify_only"]:
                return self._verify(recording, self._last_site(recording))
            self._play(recording, options)
        except (OSError, UnreadableError, EndedError, TimeoutError) as error:
            raise CommandError(str(error) or "the server does not answer") from error

    def _play(self, recording: Recording, options: dict[str, Any]) -> None:
        url, agent_url = options["url"].rstrip("/"), (options["agent_url"] or options["url"]).rstrip("/")
        for each in {url, agent_url}:
            knock(each)
        agents, capacity = options["agents"], options["capacity"]
        stage = build_stage(recording.digest, recording.path, agents=agents, capacity=capacity)
        play = Play(
            url=url,
            agent_url=agent_url,
            site=stage.site.public_key,
            tokens=stage.tokens,
            speed=options["speed"],
            chats_at_once=min(agents * capacity, recording.chats),
        )
        try:
            asyncio.run(play.run(recording, self._progress(recording.chats)))
        finally:
            close_stage(stage.site)
            self.stdout.write("\n" + "\n".join(play.score.lines()))
        if options["verify"]:
            self._verify(recording, stage.site)
        if not play.score.passed():
            raise CommandError("the replay found something wrong", returncode=1)

    def _verify(self, recording: Recording, site: Site) -> None:
        verdict = verify(site, recording)
        self.stdout.write("\n".join(verdict.lines()))
        if not verdict.passed():
            raise CommandError("the database differs from the file", returncode=1)

    def _last_site(self, recording: Recording) -> Site:
        site = newest_stage(recording.digest)
        if site is None:
            raise CommandError(f"{recording.path} has not been played into this database")
        return site

    def _progress(self, chats: int) -> Callable[[Score], None]:
        """A bar on a terminal; elsewhere a line at every tenth."""
        told = [-1]

        def show(score: Score) -> None:
            done = score.chats + score.unfinished
            share = done / chats if chats else 1.0
            words = f"{done}/{chats} chats, {score.delivered} messages, {score.seconds:.0f} s"
            if self.stdout.isatty():
                bar = "█" * round(share * BAR)
                self.stdout.write(f"\r{bar:·<{BAR}} {words} ", ending="")
                self.stdout.flush()
            elif int(share * 10) > told[0]:
                told[0] = int(share * 10)
                self.stdout.write(words)

        return show

"""Writes the transcripts of a range of days, as they are read, in bounded memory."""

import os
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from agents.transcripts.formats import EXPORTS, FORMATS
from agents.transcripts.search import closed_between
from agents.transcripts.transcript import RELATED, Transcript, transcripts
from support_chat.desk.models import Conversation, Site

ROWS_AT_ONCE = 200  # chats fetched from the database at once


def day(text: str) -> date:
    """2026-11-22"""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("a day such as 2026-11-22") from error


def zone(text: str) -> ZoneInfo:
    """Europe/Berlin"""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ArgumentTypeError("a time zone such as Europe/Berlin") from error


class Command(BaseCommand):
    help = (
        "Writes the transcripts of the chats that were closed on these days, the first and the last included,"
        " in the order they were closed. Days and times are those of each site's own zone, or of --tz."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--from", dest="since", type=day, required=True, metavar="DATE", help="the first day")
        add("--to", dest="until", type=day, required=True, metavar="DATE", help="the last day")
        add("--format", choices=EXPORTS, required=True)
        add("--site", help="key or name of a site")
        add("--queue", help="name or id of a queue")
        add("--agent", help="user name, name or id of the agent who had the chat last")
        add("--tag", help="chats that carry this tag")
        add("--tz", type=zone, metavar="ZONE", help="for days and times, instead of each site's own")
        add("--out", type=Path, metavar="FILE", help="instead of the standard output")
        add("--spam", action="store_true", help="those that were marked as spam, and no others")
        add("--notes", action="store_true", help="with what only the team may see")

    def handle(self, *, since: date, until: date, out: Path | None, **options: Any) -> None:
        if since > until:
            raise CommandError("--from must not be after --to")
        form, written = FORMATS[options["format"]], 0
        with _opened(out) if out else nullcontext(partial(self.stdout.write, ending="")) as write:
            write(form.head)
            for transcript in _found(since, until, options):
                write(form.one(transcript))
                written += 1
            write(form.tail)
        if out:
            self.stdout.write(f"{written} transcripts in {out}")


def _found(since: date, until: date, options: dict[str, Any]) -> Iterator[Transcript]:
    sites = _sites(options["site"])
    wanted = Q(
        *(Q(site=site) & closed_between(since, until, options["tz"] or _own(site)) for site in sites),
        _connector=Q.OR,
    )
    chats = Conversation.objects.filter(wanted, _narrowed(options), state=Conversation.State.CLOSED)
    rows = chats.select_related(*RELATED).order_by("closed_at", "pk").iterator(ROWS_AT_ONCE)
    tagged = (chat for chat in rows if options["tag"] is None or options["tag"] in chat.tags)
    return transcripts(tagged, zone=options["tz"], notes=options["notes"])


def _sites(name: str | None) -> list[Site]:
    sites = list(Site.objects.filter(Q(public_key=name) | Q(name=name)) if name else Site.objects.all())
    if not sites:
        raise CommandError(f"there is no site {name}" if name else "there is no site yet")
    return sites


def _own(site: Site) -> ZoneInfo:
    return ZoneInfo(site.time_zone)


def _narrowed(options: dict[str, Any]) -> Q:
    wanted = Q(spam=options["spam"])
    if queue := options["queue"]:
        wanted &= Q(queue__name=queue) | Q(queue__public_id=queue)
    if agent := options["agent"]:
        first, _, last = agent.partition(" ")
        named = Q(last_owner__user__first_name=first, last_owner__user__last_name=last)
        wanted &= Q(last_owner__user__username=agent) | Q(last_owner__public_id=agent) | named
    return wanted


@contextmanager
def _opened(path: Path) -> Iterator[Callable[[str], object]]:
    """The file appears under its name once it is whole: half an export never looks like one."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file.write
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error}") from error
    finally:
        part.unlink(missing_ok=True)
